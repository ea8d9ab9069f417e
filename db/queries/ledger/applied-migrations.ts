import { sql } from "drizzle-orm";
import * as z from "zod";
import { type Database, onlyRow } from "../../client.ts";

const Applied = z.object({ applied: z.int() });

/** How many migrations the database has; throws when it never saw one. */
export async function appliedMigrations(db: Database): Promise<number> {
  const { applied } = await onlyRow(
    db,
    Applied,
    sql`select count(*)::integer as applied from drizzle.__drizzle_migrations`,
  );
  return applied;
}
