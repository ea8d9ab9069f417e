import { sql } from "drizzle-orm";
import { beforeAll, inject } from "vitest";
import { pooledDatabase } from "../../db/client.ts";
import { loadKernelciSeed } from "./kernelci-seed.ts";
import { rawRows } from "./raw-rows.ts";

/** Fills the shared store with the recorded submissions before a file's tests, unless an earlier file did. */
export function seededKernelci(): void {
  beforeAll(async () => {
    const { databaseUrl, functionEnv } = inject("stack");
    const { db, end } = pooledDatabase(databaseUrl, functionEnv.NEON_LOCAL_PROXY, 1);
    const loaded = await rawRows(db, sql`select from kernelci.checkouts where id = 'maestro:and-3'`);
    if (loaded.length === 0) await loadKernelciSeed(db);
    await end();
  });
}

/** Base of the KernelCI API. */
export function kernelciBase(): string {
  return `${inject("stack").edgeUrl}/kernelci/api`;
}

/** Asks for a path of the KernelCI API, past any cache; redirects are left to the caller. */
export async function ask(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = { "cache-control": "no-cache", ...init.headers };
  return await fetch(`${kernelciBase()}${path}`, { redirect: "manual", ...init, headers });
}

/** The JSON that a path answers with. */
export async function answerOf(path: string, init: RequestInit = {}): Promise<unknown> {
  return await (await ask(path, init)).json();
}
