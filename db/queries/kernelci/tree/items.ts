import { type SQL, sql } from "drizzle-orm";
import { builds } from "../../../schema/index.ts";
import { arrayText, fraction, instant } from "../json-text.ts";

/** The JSON text of the builds with a passing row, each once (contract part 05, Items). */
export const BUILD_ITEMS: SQL = arrayText(sql`
  select o.id, o.origin, b.architecture, b.config as config_name,
    case when o.misc ? 'platform' then o.misc else o.misc || '{"platform": "Unknown"}' end as misc, o.config_url, b.compiler,
    b.status, ${fraction(sql`o.duration`)} as duration, o.log_url, ${instant(sql`o.start_time`)} as start_time,
    b.git_repository_url, b.git_repository_branch
  from (
    select id, bool_or(told_at is null) as untold, max(told_at) as told_at from build_row where passes group by id
  ) as passing join build b on b.id = passing.id join ${builds} o on o.id = b.id
  order by passing.untold desc, passing.told_at desc, o.id`);

/** The fields of an item of a row `t` of `test_row`; `whole`: with all of `environment_misc`, not the platform alone. */
export function testItemFields(whole: boolean): SQL {
  const environment = whole
    ? sql`case when t.environment_misc ? 'platform' then t.environment_misc
        else coalesce(t.environment_misc, '{}') || '{"platform": "Unknown"}' end`
    : sql`json_build_object('platform', t.platform)`;
  return sql`t.id, t.origin, t.status, ${fraction(sql`t.duration`)} as duration, t.path,
    ${instant(sql`t.start_time`)} as start_time, t.environment_compatible, t.config, t.log_url, t.architecture, t.compiler,
    ${environment} as environment_misc, t.lab`;
}

/** The JSON text of the passing tests of a kind. */
export function testItems(kind: "boots" | "tests", whole: boolean): SQL {
  return arrayText(sql`
    select ${testItemFields(whole)} from test_row t where t.passes and t.nth = 1 and t.kind = ${kind} order by t.told_at desc nulls first, t.id`);
}
