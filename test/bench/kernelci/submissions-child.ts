import type { SQSRecord } from "aws-lambda";
import { sql } from "drizzle-orm";
import * as z from "zod";
import { pooledDatabase } from "../../../db/client.ts";
import { pgDatabase } from "../../../db/pg-client.ts";
import { readConfig } from "../../../functions/ingest/config.ts";
import { ingestBatch } from "../../../functions/ingest/dispatch.ts";
import { keepResources } from "../../../functions/ingest/resources.ts";
import type { ObjectStore } from "../../../functions/outside/object-store.ts";
import { answerQuestions } from "../child.ts";
import { inMemory, queueRecords } from "../queue-records.ts";
import { buildSubmission, checkoutsSubmission } from "./made-submissions.ts";

/** What the consumer is fed with: `count` submissions of one build each, or, for 0, the checkouts. */
const Feed = z.object({
  env: z.record(z.string(), z.string()),
  mode: z.enum(["worker", "node"]),
  count: z.int().nonnegative(),
  tests: z.int().nonnegative(),
  batch: z.int().positive(),
  lanes: z.int().positive(),
});
type Feed = z.infer<typeof Feed>;

/** Entry of a process that is a function instance; raw bodies stay in its memory. */
answerQuestions(z.object({ question: Feed }), async (feed) => {
  const { env, mode, lanes, batch } = feed;
  const config = readConfig(env);
  const { db, end } =
    mode === "node"
      ? pgDatabase(config.DATABASE_URL, lanes, { applicationName: "bench", statementTimeoutMs: 60_000 })
      : pooledDatabase(config.DATABASE_URL, config.NEON_LOCAL_PROXY, lanes);
  const objects = inMemory();
  const resources = { ...keepResources(config, db), objects };
  const records = await recordsOf(feed, objects);
  await Promise.all(Array.from({ length: lanes }, () => db.execute(sql`select pg_sleep(0.05)`)));
  let next = 0;
  const lane = async () => {
    while (next < records.length) {
      const taken = records.slice(next, next + batch);
      next += batch;
      const failed = await ingestBatch(taken, resources);
      if (failed.length > 0) throw new Error(`${failed.length} submissions failed`);
    }
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: lanes }, lane));
  const ms = performance.now() - started;
  await end();
  return { ms };
});

function recordsOf({ count, tests }: Feed, objects: ObjectStore): Promise<SQSRecord[]> {
  const bodies =
    count === 0 ? [checkoutsSubmission()] : Array.from({ length: count }, (_, n) => buildSubmission(n, tests));
  return queueRecords(
    bodies.map((body) => ({ source: "kernelci", kind: "submission", event: "maestro", body })),
    objects,
  );
}
