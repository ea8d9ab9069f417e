import { join } from "node:path";
import type { SQSRecord } from "aws-lambda";
import { sql } from "drizzle-orm";
import * as z from "zod";
import { pooledDatabase } from "../../../db/client.ts";
import { pgDatabase } from "../../../db/pg-client.ts";
import { readConfig } from "../../../functions/ingest/config.ts";
import { ingestBatch } from "../../../functions/ingest/dispatch.ts";
import { keepResources } from "../../../functions/ingest/resources.ts";
import { ReadingConfig } from "../../../functions/ingest/thread/config.ts";
import { ThreadHost } from "../../../functions/ingest/thread/host.ts";
import { answerQuestions } from "../child.ts";
import { inMemory, queueRecords } from "../queue-records.ts";
import { runDelivery } from "./deliveries.ts";

/** What the consumer is fed with: `count` messages of one repository, in batches, `lanes` of them at a time. */
export const Feed = z.object({
  env: z.record(z.string(), z.string()),
  mode: z.enum(["worker", "node"]),
  repoId: z.int(),
  count: z.int().positive(),
  batch: z.int().positive(),
  lanes: z.int().positive(),
  objects: z.enum(["s3", "memory"]),
});
type Feed = z.infer<typeof Feed>;

/** Whose messages come before the clock starts. */
const WARM = { repoId: 700_004, count: 100 };
const INGEST = join(import.meta.dirname, "../../../functions/ingest");
const THREADS = {
  worker: join(INGEST, "lambda.ts"),
  node: join(INGEST, "node-thread.ts"),
};

let host: ThreadHost | undefined;

/** The one thread of this process, as a function instance keeps its own. */
function openThread({ mode, env }: Feed): ThreadHost {
  host ??= new ThreadHost(THREADS[mode], ReadingConfig.parse(env));
  return host;
}

/** Entry of a process that is a function instance: its environment, its drivers, and nothing beside it. */
answerQuestions(z.object({ question: Feed }), async (feed) => {
  const { env, mode, lanes, batch } = feed;
  const config = readConfig(env);
  const { db, end } =
    mode === "node"
      ? pgDatabase(config.DATABASE_URL, lanes, { applicationName: "bench", statementTimeoutMs: 30_000 })
      : pooledDatabase(config.DATABASE_URL, config.NEON_LOCAL_PROXY, lanes);
  const resources = keepResources(config, db);
  Object.assign(process.env, env);
  const thread = openThread(feed);
  // Objects in this process's memory are out of a thread's reach.
  const ingest = async (taken: SQSRecord[]): Promise<string[]> =>
    feed.objects === "memory"
      ? await ingestBatch(taken, { ...resources, objects: inMemory() })
      : (await thread.invoke({ Records: taken }, 300_000)).batchItemFailures.map((failure) => failure.itemIdentifier);
  const consume = async (records: readonly SQSRecord[]) => {
    let next = 0;
    const lane = async () => {
      while (next < records.length) {
        const taken = records.slice(next, next + batch);
        next += batch;
        const failed = await ingest(taken);
        if (failed.length > 0) throw new Error(`${failed.length} messages failed`);
      }
    };
    await Promise.all(Array.from({ length: lanes }, lane));
  };
  const records = await recordsOf(feed);
  // A kept instance has its connections open, its thread started and its code compiled.
  await Promise.all(Array.from({ length: lanes }, () => db.execute(sql`select pg_sleep(0.05)`)));
  await consume(await recordsOf({ ...feed, ...WARM }));
  const started = performance.now();
  const cpu = process.cpuUsage();
  await consume(records);
  const ms = performance.now() - started;
  const { user, system } = process.cpuUsage(cpu);
  await end();
  return { ms, cpuMs: (user + system) / 1_000 };
});

const recordsOf = ({ repoId, count }: Feed): Promise<SQSRecord[]> =>
  queueRecords(
    Array.from({ length: count }, (_, n) => {
      const { event, body } = runDelivery(repoId, n);
      return { source: "github", kind: "webhook", event, body };
    }),
    inMemory(),
  );
