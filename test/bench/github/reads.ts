import { join } from "node:path";
import { Pool } from "pg";
import type { Stack } from "../../../dev/stack.ts";
import { startEdgeOver } from "../edge-over.ts";
import type { Report } from "../figures.ts";
import { openLoad } from "../load.ts";
import { scratchDatabases } from "../scratch-databases.ts";
import { spreadOf } from "../spread.ts";
import { seedRuns } from "./seed-runs.ts";

const SIZES = [600, 200_000];
const PER_DAY = 20;
const REPO_ID = 7_001;
const AT_MOST = 2;
const TIMES = 300;
const WARM_UP = 30;

const REPO = "/github/repos/octo-org/past";
const AS_OF = "as_of=2026-01-01T00:00:00Z";
const WINDOW = `period=30d&${AS_OF}`;

/**
 * The ten reads dashboards ask for most, lists and insights, then four that people follow links to. Insights are over
 * the same 30 days, which hold the same runs in both stores.
 */
const READS: Readonly<Record<string, (runs: number) => string>> = {
  runs: () => "/actions/runs",
  "runs of a branch": () => "/actions/runs?branch=main",
  "runs of a workflow": () => `/actions/workflows/${REPO_ID * 1_000 + 5}/runs`,
  "runs by status": () => "/actions/runs?status=completed",
  "insights: summary": () => `/actions/insights/summary?${WINDOW}`,
  "insights: timeseries": () => `/actions/insights/timeseries?bucket=day&${WINDOW}`,
  "insights: queue times": () => `/actions/insights/queue-times?${WINDOW}`,
  "insights: flaky": () => `/actions/insights/flaky?${WINDOW}`,
  "insights: failures": () => `/actions/insights/failures?${AS_OF}`,
  "insights: waterfall": () => `/actions/insights/waterfall?${AS_OF}`,
  "one run": (runs) => `/actions/runs/${REPO_ID * 10_000_000 + runs - 300}`,
  "jobs of a run": (runs) => `/actions/runs/${REPO_ID * 10_000_000 + runs - 300}/jobs`,
  commits: () => "/commits",
  branches: () => "/branches",
};

/** (d) The hottest reads over 600 and over 200,000 runs: two databases, two edges, requests taking turns. */
export async function benchReads(stack: Stack, report: Report, folder: string): Promise<void> {
  const edges: Stack[] = [];
  const load = openLoad();
  try {
    for (const runs of SIZES) edges.push(await edgeOver(stack, runs, folder));
    for (const [what, path] of Object.entries(READS)) {
      const urls = edges.map(({ edgeUrl }, i) => edgeUrl + REPO + path(SIZES[i] ?? 0));
      // Insights are kept at the edge for a while; here each one is computed.
      const target = { kind: "read", urls, headers: { "cache-control": "no-cache" } } as const;
      await load.run(target, { loop: "turns", times: WARM_UP });
      const { answers } = await load.run(target, { loop: "turns", times: TIMES });
      const [few, many] = SIZES.map((_, i) => spreadOf(answers.filter(({ index }) => index === i).map(({ ms }) => ms)));
      if (few === undefined || many === undefined) throw new Error("two sizes are compared");
      report.add({
        part: "github-reads",
        mode: stack.mode,
        what,
        values: {
          "ms p50 at 600": few.p50,
          "ms p99 at 600": few.p99,
          "ms p50 at 200,000": many.p50,
          "ms p99 at 200,000": many.p99,
        },
        ratios: [
          { of: "p50", value: many.p50 / few.p50, atMost: AT_MOST },
          { of: "p99", value: many.p99 / few.p99, atMost: AT_MOST },
        ],
      });
    }
  } finally {
    await load.end();
    for (const edge of edges) await edge.stop();
  }
}

/** An edge of the same mode on a database that holds so many runs. */
async function edgeOver(stack: Stack, runs: number, folder: string): Promise<Stack> {
  const databaseUrl = await scratchDatabases(stack.databaseUrl).create(`bench_runs_${runs}`);
  const pool = new Pool({ connectionString: databaseUrl, max: 1 });
  const until = new Date("2026-01-01T00:00:00Z");
  await seedRuns(pool, { repoId: REPO_ID, name: "octo-org/past", runs, perDay: PER_DAY, until });
  await pool.end();
  return await startEdgeOver(stack, databaseUrl, join(folder, `runs-${runs}`));
}
