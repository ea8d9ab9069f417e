import { type SQL, sql } from "drizzle-orm";
import { builds, tests } from "../../../schema/index.ts";
import { instant } from "../json-text.ts";
import { earliest, type Reported } from "./checkout.ts";

const known = (name: SQL) => sql`coalesce(${name}, 'Unknown')`;
const PLATFORM = sql`t.environment_misc ->> 'platform'`;
const CONFIG = known(sql`b.config_name`);
const TARGET = sql`${known(sql`b.architecture`)} || '/' || ${known(sql`b.compiler`)}`;

/**
 * The CTE `history`: (verdict, platform, config, target, path, runs) of each test of the reported commit that did not
 * always end the same; `runs` is the json of its newest runs, newest first.
 */
export function histories(question: Reported): SQL {
  const { paths, origin, groupSize } = question;
  const patterns = sql`array(select jsonb_array_elements_text(${JSON.stringify(paths)}::jsonb))`;
  const ofPath = paths.length === 0 ? sql`t.path is not null` : sql`t.path like any(${patterns})`;
  return sql`
    ran as (
      select p.git_commit_hash, t.id, t.path, ${PLATFORM} as platform, ${CONFIG} as config, ${TARGET} as target, t.status, t.start_time,
        row_number() over same as nth, lag(t.status) over same as later_status
      from past p join ${builds} b on b.checkout_id = p.id join ${tests} t on t.build_id = b.id
      where t.origin = ${origin} and ${PLATFORM} <> 'kubernetes' and ${ofPath}
        and b.start_time >= ${earliest(question)} and t.start_time >= ${earliest(question)}
      window same as (partition by t.path, ${PLATFORM}, ${CONFIG}, ${TARGET} order by t.start_time desc, t.id desc)
    ), grouped as (
      select platform, config, target, path, min(status) filter (where nth = 1) as newest_status,
        count(*) filter (where nth > 1 and status is distinct from later_status) as changes,
        bool_and(coalesce(status in ('PASS', 'FAIL'), false)) as is_conclusive,
        min(git_commit_hash) filter (where nth = 1) as newest_commit,
        '[' || string_agg(${run()}, ',' order by nth) || ']' as runs
      from ran where nth <= ${groupSize} group by platform, config, target, path
    ), history as materialized (
      select case when not is_conclusive or changes > 1 then 'unstable'
          when newest_status = 'PASS' then 'fixed' else 'regression' end as verdict, platform, config, target, path, runs
      from grouped where changes > 0 and newest_commit = (select git_commit_hash from reported)
    )`;
}

/** The JSON text of one run. */
function run(): SQL {
  return sql`(select row_to_json(run)::text from (select id, ${instant(sql`ran.start_time`)} as start_time, status) as run)`;
}

/** The histories of a verdict as nested objects: platform, configuration, architecture and compiler, path. */
export function historiesOf(verdict: "regression" | "fixed" | "unstable"): SQL {
  return sql`(
    select coalesce(${objectOf(sql`platform`, sql`configs`)}, '{}')::json from (
      select platform, ${objectOf(sql`config`, sql`targets`)} as configs from (
        select platform, config, ${objectOf(sql`target`, sql`paths`)} as targets from (
          select platform, config, target, ${objectOf(sql`path`, sql`runs`)} as paths
          from history where verdict = ${sql.raw(`'${verdict}'`)} group by platform, config, target
        ) as by_target group by platform, config
      ) as by_config group by platform
    ) as by_platform)`;
}

/** The text of an object with a member for each row of a group; values are JSON texts. */
function objectOf(key: SQL, value: SQL): SQL {
  return sql`'{' || string_agg(to_json(${key})::text || ':' || ${value}, ',' order by ${key}) || '}'`;
}
