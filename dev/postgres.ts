import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client, DatabaseError } from "pg";
import { missingRoleTimeouts } from "../db/timeouts.ts";
import { freePort } from "./ports.ts";
import { postgresAccount } from "./postgres/account.ts";
import { postgresBinaries } from "./postgres/binaries.ts";
import { openCluster } from "./postgres/cluster.ts";
import { endLeftover, type StopMode, spawnPostgres, stopPostgres, waitUntilReady } from "./postgres/process.ts";

export type PostgresOptions = {
  /** Folder that holds the cluster, its password and its log; made when missing. */
  dataDir: string;
  /** Port on 127.0.0.1; 0 takes a free one. */
  port: number;
  /** false trades crash safety for speed (tests). */
  durable?: boolean;
};

export type Postgres = {
  /** Connection string of the database `runledger`. */
  url: string;
  port: number;
  pid: number;
  /** Where the database is on disk: in the data folder, unless PostgreSQL's account can't get there. */
  folder: string;
  /** Resolves when the server has ended, whoever ended it. */
  exited: Promise<void>;
  stop(mode?: StopMode): Promise<void>;
};

/** PostgreSQL from npm on 127.0.0.1, supervised: initialised at first use, a leftover of a killed supervisor ended first. */
export async function startPostgres({ dataDir, port: wanted, durable = true }: PostgresOptions): Promise<Postgres> {
  const account = postgresAccount();
  const binaries = postgresBinaries(account);
  const { folder, password } = await openCluster(dataDir, binaries, account);
  await endLeftover(folder);
  const port = wanted === 0 ? await freePort() : wanted;
  const logFile = join(dataDir, "postgres.log");
  const child = spawnPostgres(binaries.postgres, { folder, port, durable, account, logFile });
  const exited = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
  await waitUntilReady(child, port, logFile);
  const pid = child.pid;
  if (pid === undefined) throw new Error("PostgreSQL has no process id");
  const address = `runledger:${password}@127.0.0.1:${port}`;
  await ensureDatabase(`postgres://${address}/postgres`, "runledger");
  await limitRole(`postgres://${address}/runledger`);
  return {
    url: `postgres://${address}/runledger`,
    port,
    pid,
    folder,
    exited,
    async stop(mode = "fast") {
      if (child.exitCode === null && child.signalCode === null) await stopPostgres(pid, mode);
      await exited;
    },
  };
}

/** Creates a database when it is missing; waits while the server still recovers from a crash. */
async function ensureDatabase(adminUrl: string, name: string): Promise<void> {
  const client = await connectWhenReady(adminUrl);
  try {
    const { rowCount } = await client.query("select from pg_database where datname = $1", [name]);
    if (rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}

/** The time limits that a role on Neon is given by hand. */
async function limitRole(url: string): Promise<void> {
  const client = await connectWhenReady(url);
  try {
    for (const statement of await missingRoleTimeouts(client)) await client.query(statement);
  } finally {
    await client.end();
  }
}

async function connectWhenReady(url: string): Promise<Client> {
  const end = Date.now() + 120_000;
  for (;;) {
    const client = new Client({ connectionString: url });
    try {
      await client.connect();
      return client;
    } catch (error) {
      const starting = error instanceof DatabaseError && error.code === "57P03";
      if (!starting || Date.now() > end) throw error;
      await sleep(50);
    }
  }
}
