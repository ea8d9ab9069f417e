import { sql } from "drizzle-orm";
import type { Database } from "../../client.ts";
import { builds, checkouts, tests } from "../../schema/index.ts";
import { instant, objectText, textOf } from "./json-text.ts";

/** A test with what its build and checkout say of it, as JSON text; null when there is none (contract part 07). */
export async function testOf(db: Database, testId: string): Promise<string | null> {
  const test = sql`
    select ${instant(sql`t._timestamp`)} as field_timestamp, t.id, t.build_id, coalesce(t.status, 'NULL') as status,
      t.path, t.log_excerpt, t.log_url, t.misc, t.environment_misc, ${instant(sql`t.start_time`)} as start_time,
      t.environment_compatible, t.output_files, t.input_files, b.compiler, b.architecture, b.config_name,
      c.git_commit_hash, c.git_repository_branch, c.git_repository_url, c.git_commit_tags, c.tree_name, c.origin,
      t.origin as test_origin
    from ${tests} t left join ${builds} b on b.id = t.build_id left join ${checkouts} c on c.id = b.checkout_id
    where t.id = ${testId}`;
  return await textOf(db, sql`select ${objectText(test)} as text`);
}
