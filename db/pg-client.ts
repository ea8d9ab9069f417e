import { drizzle } from "drizzle-orm/node-postgres";
import { DatabaseError, Pool } from "pg";
import type { TransactionalDatabase } from "./client.ts";
import { prepareStatements } from "./prepared-statements.ts";
import * as schema from "./schema/index.ts";
import { setTimeouts } from "./timeouts.ts";
import { transactionsOn } from "./transactions.ts";

export type PgDatabaseOptions = {
  /** A statement that takes longer, or waits for a lock nearly as long, is cancelled by the server; a silent one is given up soon after. */
  statementTimeoutMs: number;
  /** Shown in pg_stat_activity. */
  applicationName: string;
};

const IDLE_MS = 10 * 60_000;
const CONNECT_MS = 5_000;

/**
 * Any PostgreSQL over TCP by a pool of at most `size` kept connections, statements prepared. For the self-host mode. A
 * file apart from `client.ts`, so that the Worker's bundle has no TCP driver.
 */
export function pgDatabase(
  url: string,
  size: number,
  options: PgDatabaseOptions,
): { db: TransactionalDatabase; end(): Promise<void> } {
  const { statementTimeoutMs, applicationName } = options;
  const pool = new Pool({
    connectionString: url,
    max: size,
    keepAlive: true,
    idleTimeoutMillis: IDLE_MS,
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: statementTimeoutMs + 2_000,
    // As a statement, not as start-up parameters, which poolers refuse. Neon's sessions are in UTC too.
    onConnect: async (client) => {
      await client.query(
        `set timezone = 'UTC'; ${setTimeouts("set", statementTimeoutMs)};
         set application_name = ${client.escapeLiteral(applicationName)}`,
      );
    },
  });
  // A connection that breaks rejects its query too; without listeners the event would end the process.
  pool.on("error", () => {});
  pool.on("connect", (client) => {
    client.on("error", () => {});
    prepareStatements(client);
  });
  pool.query = keepingConnections(pool);
  const db = Object.assign(drizzle(pool, { schema }), {
    transaction: transactionsOn(
      () => pool.connect(),
      (client) => drizzle(client, { schema }),
      "begin",
    ),
  });
  return { db, end: () => pool.end() };
}

/** The pool's `query` drops the connection at every error, even at one that only says what is wrong with a value. */
function keepingConnections(pool: Pool): Pool["query"] {
  return new Proxy(pool.query, {
    async apply(_query, _pool, [statement, values]) {
      const client = await pool.connect();
      try {
        const result = await client.query(statement, values);
        client.release();
        return result;
      } catch (error) {
        client.release(!(error instanceof DatabaseError));
        throw error;
      }
    },
  });
}
