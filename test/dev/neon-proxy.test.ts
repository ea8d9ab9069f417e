import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { neon, neonConfig, Pool } from "@neondatabase/serverless";
import { sql } from "drizzle-orm";
import { drizzle as drizzleHttp } from "drizzle-orm/neon-http";
import { drizzle as drizzlePool } from "drizzle-orm/neon-serverless";
import { integer, jsonb, pgTable, text, timestamp, uniqueIndex } from "drizzle-orm/pg-core";
import { Client } from "pg";
import { beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { startNeonProxy } from "../../dev/neon-proxy.ts";
import { type Postgres, startPostgres } from "../../dev/postgres.ts";
import { type CleanUpAt, collectCleanUps } from "../support/clean-up.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const things = pgTable(
  "things",
  {
    id: integer().primaryKey(),
    name: text(),
    doc: jsonb(),
    at: timestamp({ withTimezone: true }),
    tags: text().array(),
  },
  (table) => [uniqueIndex("things_name").on(table.name)],
);
const TABLE =
  "create table things (id integer primary key, name text, doc jsonb, at timestamptz, tags text[]);" +
  "create unique index things_name on things (name)";

/** A database with the table, and the driver pointed at a proxy before it, as a client of Neon would be. */
async function database(cleanUpAt: CleanUpAt, options: { logIn?: boolean } = {}) {
  const dataDir = temporaryFolder(cleanUpAt);
  let postgres = await startPostgres({ dataDir, port: 0, durable: false });
  const again = async () => {
    postgres = await startPostgres({ dataDir, port: postgres.port, durable: false });
  };
  cleanUpAt(() => postgres.stop("immediate"));
  await plain(postgres, TABLE);
  if (options.logIn) await requireScram(postgres);
  const proxy = await startNeonProxy({ databaseUrl: postgres.url, port: 0, ...options });
  cleanUpAt(() => proxy.stop());
  const use = () => {
    neonConfig.fetchEndpoint = `http://${proxy.address}/sql`;
    neonConfig.wsProxy = `${proxy.address}/v2`;
    neonConfig.useSecureWebSocket = false;
  };
  const pool = new Pool({ connectionString: postgres.url, max: 2 });
  pool.on("error", () => {});
  cleanUpAt(() => pool.end());
  const http = drizzleHttp(neon(postgres.url));
  return { url: postgres.url, http, pooled: drizzlePool(pool), use, stop: () => postgres.stop(), again };
}

async function plain({ url }: Pick<Postgres, "url">, text: string) {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(text);
  await client.end();
}

/** Makes the server ask for SCRAM, as PostgreSQL does by default. */
async function requireScram({ url, folder }: Postgres) {
  const file = join(folder, "pg_hba.conf");
  const before = readFileSync(file, "utf8");
  writeFileSync(file, before.replaceAll(/^(host\s.*)\bpassword$/gm, "$1scram-sha-256"));
  appendFileSync(file, "\n");
  await plain({ url }, "select pg_reload_conf()");
}

let shared: Awaited<ReturnType<typeof database>>;
beforeAll(async () => {
  const { at, cleanUp } = collectCleanUps();
  shared = await database(at);
  return cleanUp;
});
beforeEach(async () => {
  shared.use();
  await plain(shared, "truncate things");
});

test("values keep their types over HTTP", async () => {
  const at = new Date("2026-01-02T03:04:05.678Z");
  const row = { id: 1, name: "näme 🙂", doc: { n: 1.5, deep: [null, "x"] }, at, tags: ["a,b", 'c"d'] };
  await shared.http.insert(things).values(row);
  expect(await shared.http.select().from(things)).toEqual([row]);
  const { rows } = await shared.http.execute(sql`select 9007199254740993::bigint as big, null as none, true as yes`);
  expect(rows).toEqual([{ big: "9007199254740993", none: null, yes: true }]);
});

test("a broken constraint arrives with PostgreSQL's code and names", async () => {
  await shared.http.insert(things).values({ id: 1, name: "taken" });
  const failure = shared.http.insert(things).values({ id: 2, name: "taken" });
  await expect(failure).rejects.toMatchObject({
    cause: { code: "23505", constraint: "things_name", table: "things", schema: "public", severity: "ERROR" },
  });
  await expect(neon(shared.url).query("selec 1")).rejects.toMatchObject({ code: "42601", position: "1" });
});

test("one request holds one statement, as at Neon", async () => {
  await expect(neon(shared.url).query("select 1; select 2")).rejects.toMatchObject({ code: "42601" });
});

test("a batch is one transaction: its first statement is undone when the second fails", async () => {
  const insert = (id: number) => shared.http.insert(things).values({ id, name: `n${id}` });
  const results = await shared.http.batch([insert(1), shared.http.select({ id: things.id }).from(things)]);
  expect(results[1]).toEqual([{ id: 1 }]);
  await expect(shared.http.batch([insert(2), insert(1)])).rejects.toMatchObject({ code: "23505" });
  expect(await shared.http.select({ id: things.id }).from(things)).toEqual([{ id: 1 }]);
});

test("isolation level, read-only and deferrable of a batch reach PostgreSQL", async () => {
  const query = neon(shared.url);
  const ask = (options: Parameters<typeof query.transaction>[1]) =>
    query.transaction(
      [
        query`select current_setting('transaction_isolation') as level, current_setting('transaction_read_only') as ro,
                    current_setting('transaction_deferrable') as deferrable`,
      ],
      options,
    );
  expect(await ask({ isolationLevel: "Serializable", readOnly: true, deferrable: true })).toEqual([
    [{ level: "serializable", ro: "on", deferrable: "on" }],
  ]);
  expect(await ask({ isolationLevel: "RepeatableRead" })).toEqual([
    [{ level: "repeatable read", ro: "off", deferrable: "off" }],
  ]);
  await expect(query.transaction([query`delete from things`], { readOnly: true })).rejects.toMatchObject({
    code: "25006",
  });
});

test("while PostgreSQL is away a request fails, and the next after its return succeeds", async () => {
  await shared.http.select().from(things);
  await shared.pooled.select().from(things);
  await shared.stop();
  await expect(shared.http.select().from(things)).rejects.toMatchObject({
    cause: { message: /Server error \(HTTP status 500\)/ },
  });
  await expect(shared.pooled.select().from(things)).rejects.toThrow();
  await shared.again();
  expect(await shared.http.select().from(things)).toEqual([]);
  expect(await shared.pooled.select().from(things)).toEqual([]);
});

test("what is no statement is refused without harm", async () => {
  const endpoint = String(neonConfig.fetchEndpoint);
  const post = (body: string, headers = {}) => fetch(endpoint, { method: "POST", body, headers });
  expect((await post("{")).status).toBe(500);
  expect((await post('{"query":"select 1"}')).status).toBe(500);
  expect((await fetch(endpoint)).status).toBe(404);
  expect(await shared.http.select().from(things)).toEqual([]);
});

describe.each([
  ["a server that takes the password as it comes", false],
  ["a server that asks for SCRAM", true],
])("WebSocket, %s", (_, logIn) => {
  let own: Awaited<ReturnType<typeof database>>;
  beforeAll(async () => {
    const { at, cleanUp } = collectCleanUps();
    own = await database(at, { logIn });
    return cleanUp;
  });
  beforeEach(async () => {
    own.use();
    await plain(own, "truncate things");
  });

  test("a transaction commits, and one that throws leaves nothing", async () => {
    await own.pooled.transaction(async (tx) => {
      await tx.insert(things).values({ id: 1, name: "kept" });
      expect(await own.http.select().from(things)).toEqual([]);
    });
    const undone = own.pooled.transaction(async (tx) => {
      await tx.insert(things).values({ id: 2, name: "undone" });
      throw new Error("no");
    });
    await expect(undone).rejects.toThrow("no");
    expect(await own.http.select({ id: things.id }).from(things)).toEqual([{ id: 1 }]);
  });

  test("megabytes pass both ways", async () => {
    const doc = { text: "x".repeat(5 * 1024 * 1024) };
    await own.pooled.insert(things).values({ id: 1, doc });
    expect(await own.pooled.select({ doc: things.doc }).from(things)).toEqual([{ doc }]);
  });

  test("errors keep their code, a wrong password too", async () => {
    await expect(own.pooled.execute(sql`select 1/0`)).rejects.toMatchObject({ cause: { code: "22012" } });
    const wrong = new URL(own.url);
    wrong.password = "wrong";
    const pool = new Pool({ connectionString: wrong.href });
    pool.on("error", () => {});
    onTestFinished(() => pool.end());
    await expect(pool.query("select 1")).rejects.toMatchObject({ code: "28P01" });
  });
});
