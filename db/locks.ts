import { sql } from "drizzle-orm";
import type { Database } from "./client.ts";

/**
 * Holds the named parents until the transaction ends, always in the same order, so that parallel transactions neither
 * miss each other's rows nor block each other for ever.
 */
export async function lockParents(tx: Database, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  await tx.execute(sql`
    select pg_advisory_xact_lock(key)
    from (select distinct hashtextextended(name, 0) as key from jsonb_array_elements_text(${JSON.stringify(names)}::jsonb) as name order by key) as sorted`);
}
