import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Settings } from "./settings.ts";

/** The database a command works on: the one of DATABASE_URL, else the embedded one, which `npm start` must have made. */
export function findDatabaseUrl({ databaseUrl, dataDir, ports }: Settings): string {
  if (databaseUrl !== undefined) return databaseUrl;
  const file = join(dataDir, "database", "postgres-password");
  if (!existsSync(file))
    throw new Error(`There is no database in ${dataDir} yet: run npm start in another terminal, or set DATABASE_URL.`);
  return `postgres://runledger:${readFileSync(file, "utf8").trim()}@127.0.0.1:${ports.postgres}/runledger`;
}
