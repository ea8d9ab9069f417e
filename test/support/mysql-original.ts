import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { createServer } from "mysql2";
import { createConnection } from "mysql2/promise";
import { freePort } from "../../dev/ports.ts";

/** The documented tables, with the types and the columns of the original's MySQL edition (GitHub contract section 1). */
const COLUMNS = {
  repos: { name: "varchar(200)" },
  branches: { name: "varchar(200)", author: "varchar(50)", repo: "varchar(200)" },
  commits: {
    hash: "varchar(100)",
    author: "varchar(50)",
    message: "text",
    time: "datetime",
    repo: "varchar(200)",
    forced: "bool",
    authorurl: "varchar(100)",
  },
  workflows: { name: "varchar(200)", url: "varchar(200)", repo: "varchar(200)" },
  workflowruns: {
    gitid: "bigint",
    author: "varchar(50)",
    runtime: "float",
    createtime: "datetime",
    starttime: "datetime",
    endtime: "datetime",
    queuetime: "bigint default 0",
    status: "varchar(50)",
    conclusion: "varchar(50)",
    url: "varchar(200)",
    branchname: "varchar(200)",
    commithash: "varchar(100)",
    workflowname: "varchar(200)",
    repo: "varchar(200)",
    os: "varchar(100)",
  },
} as const;
type Table = keyof typeof COLUMNS;
type Value = string | number | boolean | null;

/** Rows of an original; what a row leaves out is null. Ids are given in order, from 1. */
export type OriginalRows = Partial<Record<Table, Record<string, Value>[]>>;

/** An original's database at an address; `rows` may be added to while it runs. */
export type Original = { url: string; add(rows: OriginalRows): Promise<void>; stop(): Promise<void> };

const TABLES = Object.keys(COLUMNS) as Table[]; // Object.keys forgets its keys' type.

/**
 * An original's database: by default a stand-in that speaks MySQL's protocol and knows the import's statements; a real
 * MariaDB of one's own in `folder` where MARIADBD names its program.
 */
export async function startOriginal(folder: string): Promise<Original> {
  const { MARIADBD: program } = process.env;
  return program === undefined ? await startStandIn() : await startMariadb(program, folder);
}

async function startStandIn(): Promise<Original> {
  const stored = new Map<Table, Record<string, Value>[]>(TABLES.map((table) => [table, []]));
  const port = await freePort();
  const server = createServer((connection) => {
    connection.serverHandshake({
      protocolVersion: 10,
      serverVersion: "10.11.0-stand-in",
      connectionId: 1,
      statusFlags: 2,
      characterSet: 45,
      capabilityFlags: 0xff_f7_ff,
    });
    connection.on("query", (sql: string) => answer(connection, sql));
    connection.on("error", () => {});
  });
  function answer(connection: { writeTextResult(rows: object[], columns: object[]): void }, sql: string): void {
    const [, counted] = /^SELECT COUNT\(\*\) AS total FROM (\w+)$/.exec(sql) ?? [];
    const [, listed, after, limit] = /^SELECT \* FROM (\w+) WHERE Id > (\d+) ORDER BY Id LIMIT (\d+)$/.exec(sql) ?? [];
    const table = TABLES.find((name) => name === (counted ?? listed));
    const rows = table === undefined ? undefined : stored.get(table);
    if (table === undefined || rows === undefined) throw new Error(`the stand-in does not know: ${sql}`);
    const page = rows.filter(({ Id }) => Number(Id) > Number(after)).slice(0, Number(limit));
    if (counted !== undefined) connection.writeTextResult([{ total: String(rows.length) }], [column("total")]);
    else connection.writeTextResult(page, ["Id", ...Object.keys(COLUMNS[table])].map(column));
  }
  server.listen(port);
  return {
    url: `mysql://root:secret@127.0.0.1:${port}/original`,
    async add(rows) {
      for (const [table, all] of stored)
        for (const row of rows[table] ?? []) {
          const blank = Object.fromEntries(Object.keys(COLUMNS[table]).map((name) => [name, null]));
          const text = Object.entries(row).map(([name, value]) => [name, value === null ? null : String(value)]);
          all.push({ Id: String(all.length + 1), ...blank, ...Object.fromEntries(text) });
        }
    },
    stop: async () => await new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

/** A text column of a result. */
const column = (name: string) => ({
  catalog: "def",
  schema: "original",
  table: "t",
  orgTable: "t",
  name,
  orgName: name,
  characterSet: 45,
  columnLength: 65_535,
  columnType: 253,
  flags: 0,
  decimals: 0,
});

async function startMariadb(program: string, folder: string): Promise<Original> {
  const port = await freePort();
  const data = join(folder, "mariadb");
  mkdirSync(data, { recursive: true });
  const args = [
    "--no-defaults",
    `--datadir=${data}`,
    `--port=${port}`,
    "--bind-address=127.0.0.1",
    "--user=root",
    "--skip-grant-tables",
  ];
  const server = spawn(program, [...args, `--socket=${join(data, "s")}`], { stdio: "ignore" });
  const connection = await connected(port, server);
  await connection.query("CREATE DATABASE original CHARACTER SET utf8mb4");
  await connection.query("USE original");
  for (const table of TABLES) {
    const columns = Object.entries(COLUMNS[table]).map(([name, type]) => `${name} ${type}`);
    await connection.query(`CREATE TABLE ${table} (Id int auto_increment primary key, ${columns.join(", ")})`);
  }
  return {
    url: `mysql://root@127.0.0.1:${port}/original`,
    async add(rows) {
      for (const table of TABLES)
        for (const row of rows[table] ?? []) await connection.query("INSERT INTO ?? SET ?", [table, row]);
    },
    async stop() {
      await connection.end();
      server.kill();
      await once(server, "exit");
    },
  };
}

async function connected(port: number, server: ChildProcess) {
  for (let attempt = 0; ; attempt += 1)
    try {
      return await createConnection({ host: "127.0.0.1", port, user: "root", timezone: "Z" });
    } catch (error) {
      if (attempt === 100 || server.exitCode !== null) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
}
