import { randomUUID } from "node:crypto";
import { join } from "node:path";
import type { Stack } from "../../../dev/stack.ts";
import { startEdgeOver } from "../edge-over.ts";
import type { Ratio, Report } from "../figures.ts";
import { openLoad } from "../load.ts";
import { connected, scratchDatabases } from "../scratch-databases.ts";
import { spreadOf } from "../spread.ts";
import { postedOutputs } from "./posted-outputs-asks.ts";
import { LARGE, PROJECT, seedOutputs } from "./seed-outputs.ts";

const CLIENTS = [1, 8];
const SECONDS = 6;
const WARM_UP_SECONDS = 1;
/** Outputs outside of the window, which a listing must not notice: none, and a hundred times those within. */
const OUTSIDE = [0, 320_000];
const AT_MOST = 1.3;
/** Milliseconds of the median at one client, in the self-host mode. */
const BOUNDS = { post: 4, listing: 20, commit: 60 };

const METRICS = encodeURIComponent(JSON.stringify({ metric_1: 0, metric_2: 0 }));

type Read = { what: string; asked: string[]; atMostMs?: number };

/** Posts of outputs, the listing of commits, and one commit of 2,000 outputs of 20 metrics. */
export async function benchQaboardResults(stack: Stack, report: Report, folder: string): Promise<void> {
  const edges: Stack[] = [];
  const load = openLoad();
  const isNode = stack.mode === "node";
  const add = (what: string, clients: number, times: readonly number[][], atMostMs?: number) => {
    const [few, many] = times.map(spreadOf);
    if (few === undefined) throw new Error("nothing was measured");
    const ratios: Ratio[] =
      isNode && clients === 1 && atMostMs !== undefined
        ? [{ of: `p50 to ${atMostMs} ms`, value: few.p50 / atMostMs, atMost: 1 }]
        : [];
    if (many !== undefined)
      ratios.push({ of: "p50 with 100 times as much outside", value: many.p50 / few.p50, atMost: AT_MOST });
    report.add({
      part: "qaboard-results",
      mode: stack.mode,
      what: `${what}, ${clients === 1 ? "1 client" : `${clients} clients`}`,
      values: {
        "ms p50": few.p50,
        "ms p99": few.p99,
        ...(many === undefined ? {} : { "ms p50 with more outside": many.p50, "ms p99 with more outside": many.p99 }),
      },
      ratios,
    });
  };
  try {
    for (const [i, outside] of OUTSIDE.entries())
      edges.push(await edgeOver(stack, outside, join(folder, `outputs-${i}`)));
    const urls = (path: string) => edges.map(({ edgeUrl }) => `${edgeUrl}/qaboard/api/v1${path}`);
    const reads: Read[] = [
      {
        what: "commits of four days: 61, 3,200 outputs",
        atMostMs: BOUNDS.listing,
        asked: urls(`/commits/?project=${PROJECT}&metrics={}`),
      },
      { what: "the same with two metrics", asked: urls(`/commits/?project=${PROJECT}&metrics=${METRICS}`) },
      {
        what: "a commit of 2,000 outputs",
        atMostMs: BOUNDS.commit,
        asked: urls(`/commit/${LARGE}?project=${PROJECT}/large`).slice(0, 1),
      },
    ];
    for (const connections of CLIENTS) {
      const pace = (seconds: number) => ({ loop: "closed", connections, seconds }) as const;
      for (const { what, asked, atMostMs } of reads) {
        const target = { kind: "read", urls: asked, headers: {} } as const;
        await load.run(target, pace(WARM_UP_SECONDS));
        const { answers } = await load.run(target, pace(SECONDS));
        add(
          what,
          connections,
          asked.map((_, at) => answers.filter(({ index }) => index === at).map(({ ms }) => ms)),
          atMostMs,
        );
      }
      const hash = randomUUID().replaceAll("-", "").padEnd(40, "0");
      const posts = postedOutputs(stack, { hash, distinct: 2_000 });
      await load.run(posts, pace(WARM_UP_SECONDS));
      const { answers } = await load.run(posts, pace(SECONDS));
      add("POST of an output", connections, [answers.map(({ ms }) => ms)], BOUNDS.post);
    }
  } finally {
    await load.end();
    for (const edge of edges) await edge.stop();
  }
}

/** An edge of the same mode on a database of its own. */
async function edgeOver(stack: Stack, outside: number, dataDir: string): Promise<Stack> {
  const databaseUrl = await scratchDatabases(stack.databaseUrl).create(`bench_outside_${outside}`);
  await connected(databaseUrl, (client) => seedOutputs(client, outside));
  return await startEdgeOver(stack, databaseUrl, dataDir);
}
