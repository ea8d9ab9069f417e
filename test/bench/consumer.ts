import { join } from "node:path";
import { Pool } from "pg";
import * as z from "zod";
import type { Stack } from "../../dev/stack.ts";
import { type Child, startChild } from "./child.ts";
import { copyRows, exportRows } from "./copied-rows.ts";
import type { Report } from "./figures.ts";
import { connected, scratchDatabases } from "./scratch-databases.ts";
import { seedRuns } from "./seed-runs.ts";
import { median } from "./spread.ts";

const MESSAGES = 1_000;
const ROUNDS = 3;
const LANES = 2;
const AT_LEAST = 1 / 3;
const REPO_ID = 700_003;
const HISTORY = { repoId: 700_010, name: "octo-org/past", runs: 10_000, perDay: 100, until: new Date("2026-01-01") };

/** 50 is what the deployed function gets; 10 and 100 show what the size does. */
const VARIANTS = [10, 50, 100].flatMap((batch) => (["s3", "memory"] as const).map((objects) => ({ batch, objects })));
type Variant = (typeof VARIANTS)[number];

/**
 * (c) `workflow_run` messages a second through the consumer, beside COPY of the very rows it made into the same tables.
 * Every turn starts from the same database on disk, which already holds 10,000 runs.
 */
export async function benchConsumer(stack: Stack, report: Report): Promise<void> {
  const databases = scratchDatabases(stack.databaseUrl);
  const instance = startChild(join(import.meta.dirname, "consumer-child.ts"));
  await seed(await databases.create("bench_past"));
  const rates = VARIANTS.map((): number[] => []);
  const copies: number[] = [];
  try {
    for (let round = 0; round <= ROUNDS; round += 1) {
      const isWarm = round > 0;
      for (const [i, variant] of VARIANTS.entries()) {
        const url = await databases.clone("bench_turn", "bench_past");
        const perSecond = await consume(instance, stack, url, variant);
        if (isWarm) rates[i]?.push(perSecond);
        const rows = await exportRows(url, REPO_ID);
        if (rows.counts["github.runs"] !== MESSAGES) throw new Error("not every run was stored");
        await databases.drop("bench_turn");
        const copied = await copyRows(await databases.clone("bench_copy", "bench_past"), rows);
        if (isWarm) copies.push((MESSAGES * 1_000) / copied);
        await databases.drop("bench_copy");
      }
    }
  } finally {
    await instance.end();
    await databases.drop("bench_past");
  }
  const limit = median(copies);
  const shared = { part: "consumer", mode: stack.mode };
  report.add({ ...shared, what: "COPY of the same rows", values: { "messages' rows/s": limit } });
  for (const [i, { batch, objects }] of VARIANTS.entries()) {
    const perSecond = median(rates[i] ?? []);
    const ratio = { of: "of COPY", value: perSecond / limit };
    report.add({
      ...shared,
      what: `batches of ${batch}, ${objects === "s3" ? "raw bodies to S3" : "bodies kept in memory"}`,
      values: { "messages/s": perSecond },
      ratios: [objects === "s3" ? ratio : { ...ratio, atLeast: AT_LEAST }],
    });
  }
}

async function consume(instance: Child, stack: Stack, url: string, variant: Variant): Promise<number> {
  await connected(url, (client) => client.query("checkpoint"));
  const env = { ...stack.functionEnv, DATABASE_URL: url };
  const feed = { env, mode: stack.mode, repoId: REPO_ID, count: MESSAGES, lanes: LANES, ...variant };
  const { ms } = await instance.ask(feed, z.object({ ms: z.number(), cpuMs: z.number() }));
  return (MESSAGES * 1_000) / ms;
}

async function seed(url: string): Promise<void> {
  const pool = new Pool({ connectionString: url, max: 1 });
  try {
    await seedRuns(pool, HISTORY);
  } finally {
    await pool.end();
  }
}
