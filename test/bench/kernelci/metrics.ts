import { join } from "node:path";
import { madeObjects } from "../../../cli/kernelci/made-objects.ts";
import { pgDatabase } from "../../../db/pg-client.ts";
import type { Objects } from "../../../db/upserts/kernelci/objects.ts";
import { storeSubmissions } from "../../../db/upserts/kernelci/store.ts";
import { type Stack, startStack } from "../../../dev/stack.ts";
import { newReceiptId } from "../../../functions/messages/receipt-id.ts";
import type { Report } from "../figures.ts";
import { openLoad } from "../load.ts";
import { connected, scratchDatabases } from "../scratch-databases.ts";
import { spreadOf } from "../spread.ts";

/** Both were ingested within one fortnight: the larger has ten times as many tests a day. */
const SIZES = [
  { trees: 20, checkouts: 5, builds: 10, tests: 100 },
  { trees: 20, checkouts: 50, builds: 10, tests: 100 },
] as const;
const DAYS = 14;
/** Submissions that one transaction stores. */
const BATCH = 40;
const CLIENTS = [1, 8];
const SECONDS = 6;
const WARM_UP_SECONDS = 1;
const AT_MOST = 1.5;

/** `metrics/` for a week and for a fortnight over 100,000 and 1,000,000 tests: two databases, two edges, asked by turns. */
export async function benchKernelciMetrics(stack: Stack, report: Report, folder: string): Promise<void> {
  const edges: Stack[] = [];
  const load = openLoad();
  try {
    for (const [i, amounts] of SIZES.entries()) edges.push(await edgeOver(stack, amounts, join(folder, `tests-${i}`)));
    for (const days of [7, DAYS]) {
      const urls = edges.map(({ edgeUrl }) => `${edgeUrl}/kernelci/api/metrics/?start_days_ago=${days}`);
      for (const connections of CLIENTS) {
        const target = { kind: "read", urls, headers: {} } as const;
        await load.run(target, { loop: "closed", connections, seconds: WARM_UP_SECONDS });
        const { answers } = await load.run(target, { loop: "closed", connections, seconds: SECONDS });
        const [few, many] = SIZES.map((_, i) =>
          spreadOf(answers.filter(({ index }) => index === i).map(({ ms }) => ms)),
        );
        if (few === undefined || many === undefined) throw new Error("two sizes are compared");
        report.add({
          part: "kernelci-metrics",
          mode: stack.mode,
          what: `metrics of ${days} days, ${connections === 1 ? "1 client" : `${connections} clients`}`,
          values: {
            "ms p50 at 100,000": few.p50,
            "ms p99 at 100,000": few.p99,
            "ms p50 at 1,000,000": many.p50,
            "ms p99 at 1,000,000": many.p99,
          },
          ratios: [
            { of: "p50", value: many.p50 / few.p50, atMost: AT_MOST },
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

/** An edge of the same mode on a database that holds so much. */
async function edgeOver(stack: Stack, amounts: (typeof SIZES)[number], dataDir: string): Promise<Stack> {
  const databaseUrl = await scratchDatabases(stack.databaseUrl).create(`bench_days_${amounts.checkouts}`);
  await fillDays(databaseUrl, amounts);
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

/** Made-up submissions, one after the other on the days of the fortnight before today. */
async function fillDays(databaseUrl: string, amounts: (typeof SIZES)[number]): Promise<void> {
  const midnight = new Date().setUTCHours(0, 0, 0, 0);
  const { db, end } = pgDatabase(databaseUrl, 1, { statementTimeoutMs: 600_000, applicationName: "bench" });
  const store = (batch: readonly Objects[]) =>
    db.transaction((tx) =>
      storeSubmissions(
        tx,
        batch.map((objects) => ({ receiptId: newReceiptId(), objects })),
      ),
    );
  try {
    let batch: Objects[] = [];
    for (const [n, objects] of [...madeObjects(amounts, midnight)].entries()) {
      batch.push(ingestedOn(objects, new Date(midnight - ((n % DAYS) + 0.5) * 86_400_000).toISOString()));
      if (batch.length < BATCH) continue;
      await store(batch);
      batch = [];
    }
    await store(batch);
  } finally {
    await end();
  }
}

function ingestedOn(objects: Objects, ingestedAt: string): Objects {
  const dated = <R extends object>(rows: R[]) => rows.map((row) => ({ ...row, ingestedAt }));
  return {
    checkouts: dated(objects.checkouts),
    builds: dated(objects.builds),
    tests: dated(objects.tests),
    issues: dated(objects.issues),
    incidents: dated(objects.incidents),
  };
}
