import { join } from "node:path";
import { pgDatabase } from "../../db/pg-client.ts";
import type { Environment } from "../node/environment.ts";
import { type Running, runProcess } from "../node/run-process.ts";
import { handler as deadLetter } from "./dead-letter.ts";
import { log } from "./log.ts";
import { CONCURRENCY, readConsumerConfig } from "./poll/config.ts";
import { watchDatabase } from "./poll/database-watch.ts";
import { pauseWhileAway } from "./poll/pause.ts";
import { pollQueues } from "./poll/queues.ts";
import { keepResources } from "./resources.ts";
import { ThreadHost } from "./thread/host.ts";

/** Messages of one transaction while the queue holds that many, as in AWS. */
const BATCH_SIZE = 50;

/** The consumer as a process of its own (self-host mode): both Lambda handlers behind pollers, the first in a thread that can be ended. */
async function startConsumer(environment: Environment): Promise<Running> {
  const config = readConsumerConfig(environment);
  // The thread has its own; this one is for dead letters.
  const { db, end } = pgDatabase(config.DATABASE_URL, 1, {
    applicationName: "runledger-consumer",
    statementTimeoutMs: config.FUNCTION_TIMEOUT_SECONDS * 1_000,
  });
  keepResources(config, db);
  const host = new ThreadHost(join(import.meta.dirname, "node-thread.ts"), config);
  const watch = watchDatabase(config.DATABASE_URL);
  const queues = pollQueues(
    config,
    {
      main: (event, context) => host.invoke(event, context.getRemainingTimeInMillis()),
      deadLetter,
    },
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
    isAlive: () => host.isAlive(),
    async stop() {
      await queues.stop();
      await host.stop();
      await Promise.all([end(), watch.end()]);
      log("stopped", {});
    },
  };
}

await runProcess(() => startConsumer(process.env));
