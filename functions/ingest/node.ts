import { pgDatabase } from "../../db/pg-client.ts";
import type { Environment } from "../node/environment.ts";
import { type Running, runProcess } from "../node/run-process.ts";
import { handler as deadLetter } from "./dead-letter.ts";
import { handler as main } from "./lambda.ts";
import { log } from "./log.ts";
import { readConsumerConfig } from "./poll/config.ts";
import { watchDatabase } from "./poll/database-watch.ts";
import { pauseWhileAway } from "./poll/pause.ts";
import { pollQueues } from "./poll/queues.ts";
import { keepResources } from "./resources.ts";

/** Messages of one transaction while the queue holds that many, as in AWS. */
const BATCH_SIZE = 50;
/** Batches at one time; each holds one connection. */
const CONCURRENCY = 2;

/** The consumer as a process of its own (self-host mode): both Lambda handlers behind pollers, PostgreSQL by `pg`. */
async function startConsumer(environment: Environment): Promise<Running> {
  const config = readConsumerConfig(environment);
  const { db, end } = pgDatabase(config.DATABASE_URL, Math.max(config.DATABASE_POOL_SIZE, CONCURRENCY + 1), {
    applicationName: "runledger-consumer",
    statementTimeoutMs: config.FUNCTION_TIMEOUT_SECONDS * 1_000,
  });
  keepResources(config, db);
  const watch = watchDatabase(config.DATABASE_URL);
  const queues = pollQueues(
    config,
    { main, deadLetter },
    {
      batchSize: BATCH_SIZE,
      concurrency: CONCURRENCY,
      pause: pauseWhileAway(watch.takesWrites, (isThere) =>
        log(isThere ? "the database is back" : "receiving pauses while the database is away", {}),
      ),
      onProblem: (problem) => console.error(problem),
      // Lambda ends such an instance too: its connections and locks go with it, and the supervisor starts another.
      onTimeout: () => process.exit(1),
    },
  );
  log("consuming", {});
  return {
    async stop() {
      await queues.stop();
      await Promise.all([end(), watch.end()]);
      log("stopped", {});
    },
  };
}

await runProcess(() => startConsumer(process.env));
