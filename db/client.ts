import { neon, neonConfig, Pool, type PoolClient } from "@neondatabase/serverless";
import type { ExtractTablesWithRelations, SQL } from "drizzle-orm";
import { drizzle as drizzleHttp } from "drizzle-orm/neon-http";
import { drizzle as drizzlePool } from "drizzle-orm/neon-serverless";
import type { PgDatabase, PgQueryResultHKT, PgTransactionConfig } from "drizzle-orm/pg-core";
import { isUnavailable } from "./errors.ts";
import * as schema from "./schema/index.ts";

/** What queries and upserts work on, whichever driver carries them. */
export type Database = PgDatabase<PgQueryResultHKT, typeof schema, ExtractTablesWithRelations<typeof schema>>;

/** A database that can hold a transaction over several statements (never the edge's HTTP driver). */
export type TransactionalDatabase = Database & {
  transaction<T>(work: (tx: Database) => Promise<T>, config?: PgTransactionConfig): Promise<T>;
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

/** Neon over a kept WebSocket pool, with real transactions. For the consumer. */
export function pooledDatabase(
  url: string,
  localProxy?: string,
  size = 4,
): { db: TransactionalDatabase; end(): Promise<void> } {
  useLocalProxy(localProxy);
  const pool = new Pool({ connectionString: url, max: size, ...PATIENCE });
  // A connection that breaks fails its statement, and the pool replaces it; without listeners it would end the process.
  pool.on("error", () => {});
  pool.on("connect", (client: PoolClient) => client.on("error", () => {}));
  const db = Object.assign(drizzlePool(pool, { schema }), { transaction: transactionIn(pool) });
  return { db, end: () => pool.end() };
}

/** Transactions that give their connection back in every case: Drizzle's own keeps it when `begin` already fails. */
function transactionIn(pool: Pool): TransactionalDatabase["transaction"] {
  return async (work, config) => {
    const client = await pool.connect();
    try {
      const result = await drizzlePool(client, { schema }).transaction(work, config);
      client.release();
      return result;
    } catch (error) {
      client.release(isUnavailable(error));
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
