import { pgDatabase } from "../../db/pg-client.ts";
import { ingestEvent } from "./ingest-event.ts";
import { CONCURRENCY, readConsumerConfig } from "./poll/config.ts";
import { keepResources } from "./resources.ts";
import { serveThread } from "./thread/serve.ts";

/** The thread of the self-host mode's consumer: PostgreSQL by `pg`, one connection for each batch in hand and one to spare. */
const config = readConsumerConfig(process.env);
const { db, end } = pgDatabase(config.DATABASE_URL, Math.max(config.DATABASE_POOL_SIZE, CONCURRENCY + 1), {
  applicationName: "runledger-consumer",
  statementTimeoutMs: config.FUNCTION_TIMEOUT_SECONDS * 1_000,
});
keepResources(config, db);
serveThread(ingestEvent, end);
