import { and, eq, sql } from "drizzle-orm";
import type { Database } from "../../client.ts";
import { branches } from "../../schema/index.ts";

/**
 * Names of a repository's living branches below a version. After all branches were listed at that version these are
 * the ones that the list did not name (contract section 5).
 */
export async function branchesBelow(db: Database, repoId: number, version: string): Promise<string[]> {
  const rows = await db
    .select({ name: branches.name })
    .from(branches)
    .where(
      and(eq(branches.repoId, repoId), eq(branches.deleted, false), sql`${branches.version} < ${version}::timestamptz`),
    )
    .orderBy(branches.name);
  return rows.map(({ name }) => name);
}
