import { join } from "node:path";
import { fill } from "../../../cli/kernelci/fill.ts";
import { pgDatabase } from "../../../db/pg-client.ts";
import { type Stack, startStack } from "../../../dev/stack.ts";
import type { Report } from "../figures.ts";
import { openLoad } from "../load.ts";
import { connected, scratchDatabases } from "../scratch-databases.ts";
import { spreadOf } from "../spread.ts";

/** Both stores hold the same branches, and checkouts of one size; the larger goes ten times as far back. */
const SIZES = [
  { name: "100,000", amounts: { trees: 20, checkouts: 5, builds: 10, tests: 100 } },
  { name: "1,000,000", amounts: { trees: 20, checkouts: 50, builds: 10, tests: 100 } },
] as const;
const CLIENTS = [1, 8];
const SECONDS = 6;
const WARM_UP_SECONDS = 1;
const AT_MOST = 1.5;

const CHECKOUT = "maestro:made-0-0";
const REPOSITORY = "https://git.example.org/mainline.git";
const PLACE = `origin=maestro&git_url=${encodeURIComponent(REPOSITORY)}&git_branch=master`;

/** What is asked for, by the commit of the newest checkout; bounded are lists and summaries. */
const READS: Readonly<Record<string, { path: (commit: string) => string; isBound: boolean }>> = {
  "tree list": { path: () => "tree/?origin=maestro&interval_in_days=7", isBound: true },
  "details summary": { path: (commit) => `tree/${commit}/summary?${PLACE}`, isBound: true },
  "details full": { path: (commit) => `tree/${commit}/full?${PLACE}`, isBound: false },
  "test details": { path: () => `test/${encodeURIComponent(`${CHECKOUT}-b0-t3`)}`, isBound: false },
  "status history": {
    path: () =>
      `test/status-history?origin=maestro&path=kselftest.futex&git_repository_url=${encodeURIComponent(REPOSITORY)}` +
      "&git_repository_branch=master&config_name=defconfig&platform=bcm2711-rpi-4-b" +
      `&current_test_start_time=${encodeURIComponent(new Date(Date.now()).toISOString())}`,
    isBound: false,
  },
};

/** The reads behind the dashboard's pages over 100,000 and 1,000,000 tests: two databases, two edges, asked by turns. */
export async function benchKernelciReads(stack: Stack, report: Report, folder: string): Promise<void> {
  const edges: Stack[] = [];
  const load = openLoad();
  try {
    for (const [i, { amounts }] of SIZES.entries())
      edges.push(await edgeOver(stack, amounts, join(folder, `tests-${i}`)));
    for (const [what, { path, isBound }] of Object.entries(READS)) {
      const urls: string[] = [];
      for (const { edgeUrl, databaseUrl } of edges)
        urls.push(`${edgeUrl}/kernelci/api/${path(await newestCommit(databaseUrl))}`);
      // Lists are kept at the edge for a while; here each one is computed.
      const target = { kind: "read", urls, headers: { "cache-control": "no-cache" } } as const;
      for (const connections of CLIENTS) {
        await load.run(target, { loop: "closed", connections, seconds: WARM_UP_SECONDS });
        const { answers } = await load.run(target, { loop: "closed", connections, seconds: SECONDS });
        const [few, many] = SIZES.map((_, i) =>
          spreadOf(answers.filter(({ index }) => index === i).map(({ ms }) => ms)),
        );
        if (few === undefined || many === undefined) throw new Error("two sizes are compared");
        report.add({
          part: "kernelci-reads",
          mode: stack.mode,
          what: `${what}, ${connections === 1 ? "1 client" : `${connections} clients`}`,
          values: {
            "ms p50 at 100,000": few.p50,
            "ms p99 at 100,000": few.p99,
            "ms p50 at 1,000,000": many.p50,
            "ms p99 at 1,000,000": many.p99,
          },
          ratios: [
            { of: "p50", value: many.p50 / few.p50, ...(isBound ? { atMost: AT_MOST } : {}) },
            { of: "p99", value: many.p99 / few.p99 },
          ],
        });
      }
    }
  } finally {
    await load.end();
    for (const edge of edges) await edge.stop();
  }
}

async function newestCommit(databaseUrl: string): Promise<string> {
  const statement = "select git_commit_hash as hash from kernelci.checkouts where id = $1";
  const { rows } = await connected(databaseUrl, (client) => client.query<{ hash: string }>(statement, [CHECKOUT]));
  return String(rows[0]?.hash);
}

/** An edge of the same mode on a database that holds so much. */
async function edgeOver(stack: Stack, amounts: (typeof SIZES)[number]["amounts"], dataDir: string): Promise<Stack> {
  const databaseUrl = await scratchDatabases(stack.databaseUrl).create(`bench_checkouts_${amounts.checkouts}`);
  const { db, end } = pgDatabase(databaseUrl, 1, { statementTimeoutMs: 600_000, applicationName: "bench" });
  try {
    await fill(db, amounts);
  } finally {
    await end();
  }
  await connected(databaseUrl, (client) => client.query("vacuum analyze"));
  const { queueUrl, deadLetterQueueUrl, bucketUrl } = stack;
  return await startStack({
    mode: stack.mode,
    dataDir,
    databaseUrl,
    aws: { queueUrl, deadLetterQueueUrl, bucketUrl, region: "local", accessKeyId: "any", secretAccessKey: "any" },
    consumer: "none",
  });
}
