import type { IncomingHttpHeaders } from "node:http";
import { DatabaseError, Pool, type PoolClient, type QueryArrayResult } from "pg";
import * as z from "zod";

const Statement = z.object({ query: z.string(), params: z.array(z.unknown()).default([]) });
const Request = z.union([z.object({ queries: z.array(Statement) }), Statement]);
type Statement = z.infer<typeof Statement>;

/** Answer of the HTTP side: 200 with results, 400 with PostgreSQL's error, 500 when there is no database to ask. */
export type SqlAnswer = { status: 200 | 400 | 500; body: unknown };

export type SqlEndpoint = {
  answer(headers: IncomingHttpHeaders, body: string): Promise<SqlAnswer>;
  end(): Promise<void>;
};

/**
 * Runs what Neon's driver posts to /sql: one statement, or a batch as one transaction. Pools are kept per connection
 * string; user, password and database are the caller's, host and options those of `server`.
 */
export function sqlEndpoint(server: URL): SqlEndpoint {
  const pools = new Map<string, Pool>();

  function poolFor(connectionString: string): Pool {
    const kept = pools.get(connectionString);
    if (kept !== undefined) return kept;
    const url = new URL(connectionString);
    url.host = server.host;
    url.port = server.port;
    url.search = server.search;
    const pool = new Pool({ connectionString: url.href, max: 16, idleTimeoutMillis: 60_000 });
    // A broken idle connection is replaced by the pool; without a listener it would end the process.
    pool.on("error", () => {});
    pools.set(connectionString, pool);
    return pool;
  }

  return {
    async answer(headers, body) {
      try {
        const request = Request.parse(JSON.parse(body));
        const client = await poolFor(z.string().parse(headers["neon-connection-string"])).connect();
        if ("queries" in request)
          return { status: 200, body: await runBatch(client, request.queries, beginWith(headers)) };
        return { status: 200, body: await runSingle(client, request) };
      } catch (error) {
        if (error instanceof DatabaseError) return { status: 400, body: errorFields(error) };
        return { status: 500, body: { message: error instanceof Error ? error.message : String(error) } };
      }
    },
    async end() {
      await Promise.all([...pools.values()].map((pool) => pool.end()));
    },
  };
}

async function runSingle(client: PoolClient, statement: Statement): Promise<unknown> {
  try {
    return await run(client, statement);
  } finally {
    client.release();
  }
}

async function runBatch(client: PoolClient, statements: Statement[], begin: string): Promise<unknown> {
  let broken = false;
  try {
    await client.query(begin);
    const results: unknown[] = [];
    for (const statement of statements) results.push(await run(client, statement));
    await client.query("COMMIT");
    return { results };
  } catch (error) {
    await client.query("ROLLBACK").catch(() => {
      broken = true;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

/** One statement by the extended protocol, rows as arrays of PostgreSQL's own text: the driver converts itself. */
async function run(client: PoolClient, { query, params }: Statement): Promise<unknown> {
  const config = { text: query, values: params, rowMode: "array" as const, queryMode: "extended", types: RAW_TEXT };
  const { command, rowCount, rows, fields }: QueryArrayResult = await client.query(config);
  return { command, rowCount, rows, fields, rowAsArray: true };
}

const RAW_TEXT = { getTypeParser: () => (text: string) => text };

const LEVELS = new Map([
  ["ReadUncommitted", "READ UNCOMMITTED"],
  ["ReadCommitted", "READ COMMITTED"],
  ["RepeatableRead", "REPEATABLE READ"],
  ["Serializable", "SERIALIZABLE"],
]);

function beginWith(headers: IncomingHttpHeaders): string {
  const level = LEVELS.get(String(headers["neon-batch-isolation-level"]));
  const parts = ["BEGIN"];
  if (level !== undefined) parts.push(`ISOLATION LEVEL ${level}`);
  if (headers["neon-batch-read-only"] === "true") parts.push("READ ONLY");
  if (headers["neon-batch-deferrable"] === "true") parts.push("DEFERRABLE");
  return parts.join(" ");
}

function errorFields(error: DatabaseError): Record<string, unknown> {
  const { message, severity, code, detail, hint, position, internalPosition, internalQuery } = error;
  const { where, schema, table, column, dataType, constraint, file, line, routine } = error;
  const about = { where, schema, table, column, dataType, constraint, file, line, routine };
  return { message, severity, code, detail, hint, position, internalPosition, internalQuery, ...about };
}
