import { join } from "node:path";
import { Pool } from "pg";
import * as z from "zod";
import type { Stack } from "../../../dev/stack.ts";
import { type Child, startChild } from "../child.ts";
import type { Report } from "../figures.ts";
import { connected, scratchDatabases } from "../scratch-databases.ts";
import { median } from "../spread.ts";
import { copyRows, exportRows } from "./copied-rows.ts";
import { seedRuns } from "./seed-runs.ts";

const MESSAGES = 1_000;
const ROUNDS = 3;
const LANES = 2;
/** Messages of a batch in use, by the deployed function as by the self-host mode; the other sizes show what it does. */
const IN_USE = 50;
const AT_LEAST = 1 / 3;
const REPO_ID = 700_003;
const HISTORY = { repoId: 700_010, name: "octo-org/past", runs: 10_000, perDay: 100, until: new Date("2026-01-01") };

const VARIANTS = [10, IN_USE, 100].flatMap((batch) =>
  (["s3", "memory"] as const).map((objects) => ({ batch, objects })),
);
type Variant = (typeof VARIANTS)[number];

const Consumed = z.object({ ms: z.number(), cpuMs: z.number().describe("of the consumer's process") });
type Consumed = z.infer<typeof Consumed>;
type Turn = Consumed & { copyMs: number };

/**
 * (c) `workflow_run` messages a second through the consumer, beside COPY of the very rows it made into the same tables.
 * Every turn starts from the same database on disk, which already holds 10,000 runs.
 */
export async function benchConsumer(stack: Stack, report: Report): Promise<void> {
  const databases = scratchDatabases(stack.databaseUrl);
  const instance = startChild(join(import.meta.dirname, "consumer-child.ts"));
  await seed(await databases.create("bench_past"));
  const turns = VARIANTS.map((): Turn[] => []);
  try {
    for (let round = 0; round <= ROUNDS; round += 1) {
      const isWarm = round > 0;
      for (const [i, variant] of VARIANTS.entries()) {
        const url = await databases.clone("bench_turn", "bench_past");
        const { ms, cpuMs } = await consume(instance, stack, url, variant);
        const rows = await exportRows(url, REPO_ID);
        if (rows.counts["github.runs"] !== MESSAGES) throw new Error("not every run was stored");
        await databases.drop("bench_turn");
        const copyMs = await copyRows(await databases.clone("bench_copy", "bench_past"), rows);
        if (isWarm) turns[i]?.push({ ms, cpuMs, copyMs });
        await databases.drop("bench_copy");
      }
    }
  } finally {
    await instance.end();
    await databases.drop("bench_past");
  }
  const shared = { part: "github-consumer", mode: stack.mode };
  const copy = median(turns.flat().map(({ copyMs }) => copyMs));
  report.add({ ...shared, what: "COPY of the same rows", values: { "messages' rows/s": (MESSAGES * 1_000) / copy } });
  for (const [i, { batch, objects }] of VARIANTS.entries()) {
    const taken = turns[i] ?? [];
    report.add({
      ...shared,
      what: `batches of ${batch}, ${objects === "s3" ? "raw bodies to S3" : "bodies kept in memory"}`,
      values: {
        "messages/s": (MESSAGES * 1_000) / median(taken.map(({ ms }) => ms)),
        "ms of the consumer's CPU a message": median(taken.map(({ cpuMs }) => cpuMs)) / MESSAGES,
      },
      // Turn by turn, since each COPY ran right after the messages it is beside.
      ratios: [
        {
          of: "of COPY",
          value: median(taken.map(({ ms, copyMs }) => copyMs / ms)),
          ...(batch === IN_USE ? { atLeast: AT_LEAST } : {}),
        },
      ],
    });
  }
}

async function consume(instance: Child, stack: Stack, url: string, variant: Variant): Promise<Consumed> {
  await connected(url, (client) => client.query("checkpoint"));
  const env = { ...stack.functionEnv, DATABASE_URL: url };
  const feed = { env, mode: stack.mode, repoId: REPO_ID, count: MESSAGES, lanes: LANES, ...variant };
  return await instance.ask(feed, Consumed);
}

async function seed(url: string): Promise<void> {
  const pool = new Pool({ connectionString: url, max: 1 });
  try {
    await seedRuns(pool, HISTORY);
  } finally {
    await pool.end();
  }
}
