import { sql } from "drizzle-orm";
import type { Database } from "../../../client.ts";
import { latestCheckout, treeListing } from "../../../schema/index.ts";
import { arrayText, instant, textOf } from "../json-text.ts";

const simple = (prefix: "build" | "boot" | "test") => {
  const column = (name: string) => sql`t.${sql.identifier(`${prefix}_${name}`)}`;
  return sql`json_build_object('PASS', ${column("pass")}, 'FAIL', ${column("failed")}, 'INCONCLUSIVE', ${column("inc")})`;
};

/** The newest checkout of each branch of an origin that started within some days, with its commit's counts, as JSON text. */
export async function treesOf(db: Database, { origin, days }: { origin: string; days: number }): Promise<string> {
  const trees = arrayText(sql`
    select t.checkout_id as id, ${simple("build")} as build_status, ${simple("boot")} as boot_status,
      ${simple("test")} as test_status, t.tree_name, t.git_commit_tags, t.origin, t.git_repository_url,
      t.git_repository_branch, t.git_commit_hash, t.git_commit_name, ${instant(sql`t.start_time`)} as start_time
    from ${latestCheckout} l join ${treeListing} t on t.checkout_id = l.checkout_id
    where l.origin = ${origin} and l.start_time >= now() - make_interval(days => ${days}::int)
    order by l.start_time desc, t.id`);
  return (await textOf(db, sql`select ${trees} as text`)) ?? "[]";
}
