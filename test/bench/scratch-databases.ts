import { Client } from "pg";
import { migrate } from "../../db/migrate.ts";

/** Databases of a benchmark on the stack's server. */
export type ScratchDatabases = {
  /** Makes an empty, migrated database and returns its URL. */
  create(name: string): Promise<string>;
  /** Copies a database that nobody is connected to, as it is on disk. */
  clone(name: string, from: string): Promise<string>;
  drop(name: string): Promise<void>;
};

/** Runs on a connection of its own to the stack's database. */
export function scratchDatabases(databaseUrl: string): ScratchDatabases {
  const urlOf = (name: string) => {
    const url = new URL(databaseUrl);
    url.pathname = `/${name}`;
    return url.href;
  };
  const run = async (statement: string) => {
    await connected(databaseUrl, (client) => client.query(statement));
  };
  return {
    async create(name) {
      await run(`create database ${name}`);
      await migrate(urlOf(name));
      return urlOf(name);
    },
    async clone(name, from) {
      // As files: leaves nothing for a checkpoint to write while the clock runs.
      await run(`create database ${name} template ${from} strategy file_copy`);
      return urlOf(name);
    },
    drop: (name) => run(`drop database if exists ${name} with (force)`),
  };
}

/** Opens a connection for as long as `work` takes. */
export async function connected<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
