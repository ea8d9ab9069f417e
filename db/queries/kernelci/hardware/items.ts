import { type SQL, sql } from "drizzle-orm";
import { builds } from "../../../schema/index.ts";
import { arrayText, fraction, instant } from "../json-text.ts";
import { testItemFields } from "../tree/items.ts";

/** The JSON text of the builds with a passing row, each once (contract part 06, Records). */
export const BUILD_ITEMS: SQL = arrayText(sql`
  select o.id, o.origin, b.architecture, b.config as config_name, o.misc, o.config_url, b.compiler, b.status,
    ${fraction(sql`o.duration`)} as duration, o.log_url, ${instant(sql`o.start_time`)} as start_time,
    b.git_repository_url, b.git_repository_branch, b.tree_name,
    coalesce(b.issue_id, case when b.status in ('FAIL', 'NULL') then 'Uncategorized' end) as issue_id, b.issue_version
  from build_row b join ${builds} o on o.id = b.id where b.passes and b.nth = 1
  order by b.told_at desc nulls first, b.id`);

/** The JSON text of the passing tests of a kind; `whole`: with all of `environment_misc`, not the platform alone. */
export function testItems(kind: "boots" | "tests", whole: boolean): SQL {
  return arrayText(sql`
    select ${testItemFields(whole)}, t.tree_name, t.git_repository_branch
    from test_row t where t.passes and t.nth = 1 and t.kind = ${kind} order by t.told_at desc nulls first, t.id`);
}
