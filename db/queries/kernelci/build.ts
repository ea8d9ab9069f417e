import { sql } from "drizzle-orm";
import type { Database } from "../../client.ts";
import { builds, checkouts } from "../../schema/index.ts";
import { fraction, instant, objectText, textOf } from "./json-text.ts";

/** A build with its checkout's names, as JSON text; null when there is none (contract part 07). */
export async function buildOf(db: Database, buildId: string): Promise<string | null> {
  const build = sql`
    select b.id, c.origin, b.architecture, b.config_name, b.misc, b.config_url, b.compiler,
      coalesce(b.status, 'NULL') as status, ${fraction(sql`b.duration`)} as duration, b.log_url,
      ${instant(sql`b.start_time`)} as start_time, c.git_repository_url, c.git_repository_branch, b.checkout_id,
      b.command, b.comment, c.tree_name, c.git_commit_hash, c.git_commit_name, c.git_commit_tags, b.log_excerpt,
      b.input_files, b.output_files, b.origin as build_origin
    from ${builds} b left join ${checkouts} c on c.id = b.checkout_id
    where b.id = ${buildId}`;
  return await textOf(db, sql`select ${objectText(build)} as text`);
}
