import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { Client } from "pg";
import { expect, onTestFinished, test } from "vitest";
import { startPostgres } from "../../dev/postgres.ts";
import { isAlive } from "../../dev/processes.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

async function start(dataDir: string, port = 0) {
  const postgres = await startPostgres({ dataDir, port, durable: false });
  onTestFinished(() => postgres.stop("immediate"));
  return postgres;
}

async function ask(url: string, text: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query({ text, rowMode: "array" })).rows;
  } finally {
    await client.end();
  }
}

test("what was stored is there after a stop and a start, under the same password", async () => {
  const dataDir = temporaryFolder();
  const first = await start(dataDir);
  await ask(first.url, "create table kept as select 7 as n");
  await first.stop();
  expect(isAlive(first.pid)).toBe(false);
  const second = await start(dataDir);
  expect(await ask(second.url, "select n from kept")).toEqual([[7]]);
  expect(new URL(second.url).password).toBe(new URL(first.url).password);
  expect(statSync(join(dataDir, "postgres-password")).mode & 0o777).toBe(0o600);
});

test("it speaks UTF-8, sorts by bytes and asks for the password", async () => {
  const { url } = await start(temporaryFolder());
  expect(await ask(url, "select 'ß' < 'z', pg_encoding_to_char(encoding) from pg_database where datname = 'runledger'")) //
    .toEqual([[false, "UTF8"]]);
  const wrong = new URL(url);
  wrong.password = "wrong";
  await expect(ask(wrong.href, "select 1")).rejects.toMatchObject({ code: "28P01" });
});

test("Ctrl-C in the terminal does not reach it: it leads a process group of its own", async () => {
  const { pid } = await start(temporaryFolder());
  const group = spawnSync("ps", ["-o", "pgid=", "-p", String(pid)], { encoding: "utf8" }).stdout.trim();
  expect(group).toBe(String(pid));
});

test("the server that a killed supervisor left behind is ended at the next start", async () => {
  const dataDir = temporaryFolder();
  const supervisor = spawn(process.execPath, [join(import.meta.dirname, "programs", "hold-postgres.ts"), dataDir]);
  const [said] = await once(supervisor.stdout, "data");
  const leftover = Number(said);
  supervisor.kill("SIGKILL");
  await once(supervisor, "exit");
  expect(isAlive(leftover)).toBe(true);
  const { url, pid } = await start(dataDir);
  expect(isAlive(leftover)).toBe(false);
  expect(pid).not.toBe(leftover);
  expect(await ask(url, "select 1")).toEqual([[1]]);
});

test("a pid file that names some other living program is no obstacle", async () => {
  const dataDir = temporaryFolder();
  const { folder, stop } = await start(dataDir);
  await stop();
  writeFileSync(join(folder, "postmaster.pid"), `${process.pid}\n${folder}\n0\n5432\n`);
  expect(await ask((await start(dataDir)).url, "select 1")).toEqual([[1]]);
});

test("a data folder inside a private home works, whoever starts it", async () => {
  const home = join(temporaryFolder(), "home");
  mkdirSync(home, { mode: 0o700 });
  const dataDir = join(home, "data");
  const first = await start(dataDir);
  const outside = dirname(first.folder);
  if (outside !== dataDir) onTestFinished(() => rmSync(outside, { recursive: true, force: true }));
  await ask(first.url, "create table kept ()");
  await first.stop();
  const second = await start(dataDir);
  expect(await ask(second.url, "select count(*)::int from pg_class where relname = 'kept'")).toEqual([[1]]);
  await second.stop();

  rmSync(dataDir, { recursive: true });
  const anew = await start(dataDir);
  expect(await ask(anew.url, "select count(*)::int from pg_class where relname = 'kept'")).toEqual([[0]]);
});

test("a start that fails says what PostgreSQL said", async () => {
  const holder = createServer().listen(0, "127.0.0.1");
  await once(holder, "listening");
  onTestFinished(() => void holder.close());
  const address = holder.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  await expect(start(temporaryFolder(), port)).rejects.toThrow(/did not start.*Address already in use/s);
});

test("a crash while writing loses nothing that was committed", async () => {
  const dataDir = temporaryFolder();
  const first = await startPostgres({ dataDir, port: 0, durable: true });
  await ask(first.url, "create table kept as select generate_series(1, 1000) as n");
  process.kill(first.pid, "SIGKILL");
  await first.exited;
  const second = await start(dataDir);
  expect(await ask(second.url, "select count(*)::int from kept")).toEqual([[1000]]);
  expect(readFileSync(join(dataDir, "postgres.log"), "utf8")).toContain("automatic recovery in progress");
});
