import { asc, eq, sql } from "drizzle-orm";
import type { Database } from "../../../client.ts";
import { repos } from "../../../schema/index.ts";

/** Id of the row and name of every repository that is not deleted, by name in code point order. */
export async function repositoriesByName(db: Database): Promise<{ id: number; name: string }[]> {
  return await db
    .select({ id: repos.id, name: repos.name })
    .from(repos)
    .where(eq(repos.deleted, false))
    .orderBy(asc(sql`${repos.name} collate "C"`));
}
