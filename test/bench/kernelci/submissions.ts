import { join } from "node:path";
import * as z from "zod";
import type { Stack } from "../../../dev/stack.ts";
import { type Child, startChild } from "../child.ts";
import type { Report } from "../figures.ts";
import { copyRows, type RowFiles } from "../github/copied-rows.ts";
import { connected, scratchDatabases } from "../scratch-databases.ts";
import { median } from "../spread.ts";
import { buildSubmission } from "./made-submissions.ts";

const SUBMISSIONS = 200;
const TESTS = 40;
const LARGE = 10_000;
const ROUNDS = 3;
const LANES = 2;
const AT_LEAST = 1 / 3;
const ACCEPTED_MS = 2_000;
const STORED_MS = 30_000;

/** 10 is what the deployed function gets; 1 shows a queue that is never behind. */
const BATCHES = [10, 1];

/** Tables whose rows all come from the submissions: the checkouts and their listings are there before. */
const TABLES = [
  "ledger.inbox",
  "kernelci.builds",
  "kernelci.tests",
  "kernelci.tree_tests_rollup",
  "kernelci.hardware_status",
];

/**
 * Submissions of one build and 40 tests through the consumer, roll-ups included, beside COPY of the very rows it made into
 * the same tables; then one of 10,000 tests, as it is accepted and as it is stored.
 */
export async function benchKernelciSubmissions(stack: Stack, report: Report): Promise<void> {
  const databases = scratchDatabases(stack.databaseUrl);
  const instance = startChild(join(import.meta.dirname, "submissions-child.ts"));
  const shared = { part: "kernelci-submissions", mode: stack.mode };
  const base = await databases.create("bench_checkouts");
  const rates = BATCHES.map((): number[] => []);
  const copies: number[] = [];
  const large: number[] = [];
  try {
    await consume(instance, stack, base, { count: 0, tests: 0, batch: 1 });
    await connected(base, (client) => client.query("truncate ledger.inbox"));
    for (let round = 0; round <= ROUNDS; round += 1) {
      const isWarm = round > 0;
      for (const [i, batch] of BATCHES.entries()) {
        const url = await databases.clone("bench_turn", "bench_checkouts");
        const ms = await consume(instance, stack, url, { count: SUBMISSIONS, tests: TESTS, batch });
        if (isWarm) rates[i]?.push(perSecond(ms));
        const rows = await exportSubmitted(url);
        await databases.drop("bench_turn");
        const copied = await copyRows(await databases.clone("bench_copy", "bench_checkouts"), rows);
        if (isWarm) copies.push(perSecond(copied));
        await databases.drop("bench_copy");
      }
      const url = await databases.clone("bench_turn", "bench_checkouts");
      const ms = await consume(instance, stack, url, { count: 1, tests: LARGE, batch: 1 });
      if (isWarm) large.push(ms);
      await databases.drop("bench_turn");
    }
  } finally {
    await instance.end();
    await databases.drop("bench_checkouts");
  }
  const limit = median(copies);
  report.add({ ...shared, what: "COPY of the same rows", values: { "objects/s": limit } });
  for (const [i, batch] of BATCHES.entries()) {
    const rate = median(rates[i] ?? []);
    const ratio = { of: "of COPY", value: rate / limit };
    report.add({
      ...shared,
      what: `1 build + ${TESTS} tests, batches of ${batch}`,
      values: { "objects/s": rate },
      ratios: [batch === 10 ? { ...ratio, atLeast: AT_LEAST } : ratio],
    });
  }
  const accepted = await acceptedMs(stack);
  const stored = median(large);
  report.add({
    ...shared,
    what: `one submission of ${LARGE} tests`,
    values: { "ms accepted": accepted, "ms stored": stored },
    ratios: [
      { of: "accepted, of 2 s", value: accepted / ACCEPTED_MS, atMost: 1 },
      { of: "stored, of 30 s", value: stored / STORED_MS, atMost: 1 },
    ],
  });
}

const perSecond = (ms: number) => (SUBMISSIONS * (TESTS + 1) * 1_000) / ms;

type Turn = { count: number; tests: number; batch: number };

async function consume(instance: Child, stack: Stack, url: string, turn: Turn): Promise<number> {
  await connected(url, (client) => client.query("checkpoint"));
  const env = { ...stack.functionEnv, DATABASE_URL: url };
  const { ms } = await instance.ask({ env, mode: stack.mode, lanes: LANES, ...turn }, z.object({ ms: z.number() }));
  return ms;
}

/** Posts the large submission where submitters do; nobody takes it from the queue. */
async function acceptedMs({ edgeUrl }: Stack): Promise<number> {
  const body = new Uint8Array(buildSubmission(0, LARGE));
  const started = performance.now();
  const response = await fetch(`${edgeUrl}/kernelci/submit`, { method: "POST", body });
  await response.arrayBuffer();
  if (response.status !== 200) throw new Error(`the submission was answered with ${response.status}`);
  return performance.now() - started;
}

/** Writes the rows of each table into a file of the server; generated columns can't be copied in. */
async function exportSubmitted(url: string): Promise<RowFiles> {
  return await connected(url, async (client) => {
    const { rows } = await client.query<{ folder: string }>("select current_setting('data_directory') as folder");
    const files: Record<string, string> = {};
    const counts: Record<string, number> = {};
    for (const table of TABLES) {
      const [schema, name] = table.split(".");
      const columns = await client.query<{ list: string }>(
        `select string_agg(quote_ident(column_name), ', ' order by ordinal_position) as list from information_schema.columns
         where table_schema = $1 and table_name = $2 and is_generated = 'NEVER'`,
        [schema, name],
      );
      const target = `${table} (${columns.rows[0]?.list})`;
      const file = `${rows[0]?.folder}/bench-${table}`;
      const { rowCount } = await client.query(`copy ${target} to ${client.escapeLiteral(file)}`);
      files[target] = file;
      counts[target] = rowCount ?? 0;
      if (table === "kernelci.tests" && rowCount !== SUBMISSIONS * TESTS) throw new Error("not every test was stored");
    }
    return { files, counts };
  });
}
