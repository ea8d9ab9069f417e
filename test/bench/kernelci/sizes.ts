import { join } from "node:path";
import { fill } from "../../../cli/kernelci/fill.ts";
import type { Amounts } from "../../../cli/kernelci/made-objects.ts";
import type { TransactionalDatabase } from "../../../db/client.ts";
import { pgDatabase } from "../../../db/pg-client.ts";
import type { Stack } from "../../../dev/stack.ts";
import { startEdgeOver } from "../edge-over.ts";
import type { Report } from "../figures.ts";
import { openLoad } from "../load.ts";
import { connected, scratchDatabases } from "../scratch-databases.ts";
import { spreadOf } from "../spread.ts";

/** Both stores hold the same branches, and checkouts of one size; the larger goes ten times as far back. */
const SIZES: readonly Amounts[] = [
  { trees: 20, checkouts: 5, builds: 10, tests: 100 },
  { trees: 20, checkouts: 50, builds: 10, tests: 100 },
];
const CLIENTS = [1, 8];
const SECONDS = 6;
const WARM_UP_SECONDS = 1;
const AT_MOST = 1.5;

/** Stores made-up objects of such amounts. */
export type Fill = (db: TransactionalDatabase, amounts: Amounts) => Promise<void>;

/** What is asked of a store, with a body by POST; what is bounded may not be much slower on the larger store. */
export type SizedRead = { path: (databaseUrl: string) => Promise<string>; body?: string; isBound: boolean };

/** Compares reads over 100,000 and 1,000,000 tests: two databases, two edges, asked by turns. */
export async function compareSizes(
  { stack, report, folder }: { stack: Stack; report: Report; folder: string },
  part: string,
  reads: Readonly<Record<string, SizedRead>>,
  fillStore: Fill = fill,
): Promise<void> {
  const edges: Stack[] = [];
  const load = openLoad();
  try {
    for (const [i, amounts] of SIZES.entries())
      edges.push(await startSizedEdge(stack, amounts, join(folder, `tests-${i}`), fillStore));
    for (const [what, { path, body, isBound }] of Object.entries(reads)) {
      const urls: string[] = [];
      for (const { edgeUrl, databaseUrl } of edges) urls.push(`${edgeUrl}/kernelci/api/${await path(databaseUrl)}`);
      // Lists are kept at the edge for a while; here each one is computed.
      const target = { kind: "read", urls, headers: { "cache-control": "no-cache" }, body } as const;
      for (const connections of CLIENTS) {
        await load.run(target, { loop: "closed", connections, seconds: WARM_UP_SECONDS });
        const { answers } = await load.run(target, { loop: "closed", connections, seconds: SECONDS });
        const [few, many] = SIZES.map((_, i) =>
          spreadOf(answers.filter(({ index }) => index === i).map(({ ms }) => ms)),
        );
        if (few === undefined || many === undefined) throw new Error("two sizes are compared");
        report.add({
          part,
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

/** An edge of the same mode on a database that holds so much. */
export async function startSizedEdge(
  stack: Stack,
  amounts: Amounts,
  dataDir: string,
  fillStore: Fill = fill,
): Promise<Stack> {
  const name = `bench_${Object.values(amounts).join("_")}`;
  const databaseUrl = await scratchDatabases(stack.databaseUrl).create(name);
  const { db, end } = pgDatabase(databaseUrl, 1, { statementTimeoutMs: 600_000, applicationName: "bench" });
  try {
    await fillStore(db, amounts);
  } finally {
    await end();
  }
  await connected(databaseUrl, (client) => client.query("vacuum analyze"));
  return await startEdgeOver(stack, databaseUrl, dataDir);
}
