import { beforeAll, inject } from "vitest";
import { pooledDatabase } from "../../db/client.ts";
import { storeTexts } from "./kernelci-seed.ts";

/** Objects of a submission, by their list; those with a `_timestamp` are as if ingested then. */
type SubmittedObjects = Partial<
  Record<"checkouts" | "builds" | "tests" | "issues" | "incidents", readonly Readonly<Record<string, unknown>>[]>
>;

/** Stores objects of a file's own before its tests. */
export function storedKernelci(objects: SubmittedObjects): void {
  beforeAll(async () => {
    const { databaseUrl, functionEnv } = inject("stack");
    const { db, end } = pooledDatabase(databaseUrl, functionEnv.NEON_LOCAL_PROXY, 1);
    const text = JSON.stringify({ version: { major: 5, minor: 3 }, ...objects });
    await db.transaction((tx) => storeTexts(tx, [text]));
    await end();
  });
}
