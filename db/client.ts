import { neon, neonConfig, Pool, type PoolClient } from "@neondatabase/serverless";
import type { ExtractTablesWithRelations, SQL } from "drizzle-orm";
import { drizzle as drizzleHttp } from "drizzle-orm/neon-http";
import { drizzle as drizzlePool } from "drizzle-orm/neon-serverless";
import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import * as z from "zod";
import * as schema from "./schema/index.ts";
import { setTimeouts } from "./timeouts.ts";
import { transactionsOn } from "./transactions.ts";

/** As long as a function may run (infra/limits.ts). */
const TRANSACTION_STATEMENT_TIMEOUT_MS = 300_000;

/**
 * What queries and upserts work on, whichever driver carries them. `execute` is for statements whose rows nobody reads:
 * `rows`, `firstRow` and `onlyRow` are the only way to rows of SQL text.
 */
export type Database = Omit<
  PgDatabase<PgQueryResultHKT, typeof schema, ExtractTablesWithRelations<typeof schema>>,
  "transaction" | "execute"
> & { execute(statement: SQL): Promise<unknown>; readonly maxBytes?: MaxBytes };

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
    // Time limits travel with `begin`: a session behind Neon's pooler is not ours for longer than a transaction.
    transaction: transactionsOn(
      () => pool.connect(),
      (client) => drizzlePool(client, { schema }),
      `begin; ${setTimeouts("set local", statementTimeoutMs)}`,
    ),
  });
  return { db, end: () => pool.end() };
}

/** The rows of a statement, each parsed by a zod schema of its columns: what the drivers give is never trusted. */
export async function rows<T>(db: Database, row: z.ZodType<T>, statement: SQL): Promise<T[]> {
  return z.array(row).parse((await run(db, statement)).rows);
}

/** The first row of a statement, parsed; undefined when there is none. */
export async function firstRow<T>(db: Database, row: z.ZodType<T>, statement: SQL): Promise<T | undefined> {
  const [first] = (await run(db, statement)).rows;
  return first === undefined ? undefined : row.parse(first);
}

/** The row of a statement that always has one, such as an aggregate, parsed. Throws when there is none. */
export async function onlyRow<T>(db: Database, row: z.ZodType<T>, statement: SQL): Promise<T> {
  return row.parse((await run(db, statement)).rows[0]);
}

const Result = z.object({ rows: z.custom<unknown[]>(Array.isArray) });

async function run(db: Database, statement: SQL): Promise<z.infer<typeof Result>> {
  return Result.parse(await db.execute(statement));
}
