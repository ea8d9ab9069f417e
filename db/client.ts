import { neon, neonConfig, Pool, type PoolClient } from "@neondatabase/serverless";
import type { ExtractTablesWithRelations, SQL } from "drizzle-orm";
import { drizzle as drizzleHttp } from "drizzle-orm/neon-http";
import { drizzle as drizzlePool } from "drizzle-orm/neon-serverless";
import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import { isUnavailable } from "./errors.ts";
import * as schema from "./schema/index.ts";
import { setTimeouts } from "./timeouts.ts";

/** As long as a function may run (infra/limits.ts). */
const TRANSACTION_STATEMENT_TIMEOUT_MS = 300_000;

/** What queries and upserts work on, whichever driver carries them. */
export type Database = Omit<
  PgDatabase<PgQueryResultHKT, typeof schema, ExtractTablesWithRelations<typeof schema>>,
  "transaction"
> & { readonly maxBytes?: MaxBytes };

/** Bytes that what is read may have: the items of one page, and all columns of one row. */
export type MaxBytes = { page: number; response: number };

/** What holds where no setting is read: in the consumer and the operator commands. */
const DEFAULT_MAX_BYTES: MaxBytes = { page: 16 * 1_048_576, response: 32 * 1_048_576 };

/** The limits that a database's readers keep (PAGE_MAX_BYTES, RESPONSE_MAX_BYTES). */
export function maxBytesOf(db: Database): MaxBytes {
  return db.maxBytes ?? DEFAULT_MAX_BYTES;
}

/** A database that can hold a transaction over several statements (never the edge's HTTP driver). */
export type TransactionalDatabase = Database & {
  transaction<T>(work: (tx: Database) => Promise<T>): Promise<T>;
};

/** Points Neon's driver at a local proxy (`host:port`); without one the driver's production defaults stand. */
function useLocalProxy(localProxy: string | undefined): void {
  if (localProxy === undefined) return;
  neonConfig.fetchEndpoint = `http://${localProxy}/sql`;
  neonConfig.wsProxy = `${localProxy}/v2`;
  neonConfig.useSecureWebSocket = false;
}

/** Neon over HTTP: one round trip a statement, no connection to keep. For the edge. */
export function httpDatabase(url: string, localProxy?: string): Database {
  useLocalProxy(localProxy);
  return drizzleHttp(neon(url), { schema });
}

/**
 * A database that says nothing must not cost an invocation: its messages would all count as failed. A connection includes
 * waking the compute; a statement may take most of the consumer's five minutes.
 */
const PATIENCE = { connectionTimeoutMillis: 15_000, query_timeout: 240_000 };

/**
 * Neon over a kept WebSocket pool, with real transactions whose statements may take that long. For the consumer; outside
 * of transactions the role's own limits hold.
 */
export function pooledDatabase(
  url: string,
  localProxy?: string,
  size = 4,
  statementTimeoutMs = TRANSACTION_STATEMENT_TIMEOUT_MS,
): { db: TransactionalDatabase; end(): Promise<void> } {
  useLocalProxy(localProxy);
  const pool = new Pool({ connectionString: url, max: size, ...PATIENCE });
  // A connection that breaks fails its statement, and the pool replaces it; without listeners it would end the process.
  pool.on("error", () => {});
  pool.on("connect", (client: PoolClient) => client.on("error", () => {}));
  const db = Object.assign(drizzlePool(pool, { schema }), {
    transaction: transactionIn(pool, statementTimeoutMs),
  });
  return { db, end: () => pool.end() };
}

/**
 * Transactions that give their connection back in every case: Drizzle's own keeps it when `begin` already fails. Time
 * limits travel with `begin`: a session behind Neon's pooler is not ours for longer than a transaction.
 */
function transactionIn(pool: Pool, statementTimeoutMs: number): TransactionalDatabase["transaction"] {
  const begin = `begin; ${setTimeouts("set local", statementTimeoutMs)}`;
  return async (work) => {
    const client = await pool.connect();
    try {
      await client.query(begin);
      const result = await work(drizzlePool(client, { schema }));
      await client.query("commit");
      client.release();
      return result;
    } catch (error) {
      const isClean = await client.query("rollback").then(
        () => true,
        () => false,
      );
      client.release(!isClean || isUnavailable(error));
      throw error;
    }
  };
}

/** Rows of a raw statement, as the drivers give them. */
export async function rowsOf(db: Database, statement: SQL): Promise<Record<string, unknown>[]> {
  const result: unknown = await db.execute(statement);
  if (typeof result === "object" && result !== null && "rows" in result && Array.isArray(result.rows))
    return result.rows;
  throw new TypeError("the driver answered without rows");
}
