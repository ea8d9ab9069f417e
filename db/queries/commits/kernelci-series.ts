import { type SQL, sql } from "drizzle-orm";
import { builds, checkouts, tests } from "../../schema/index.ts";
import { brief } from "./hashes.ts";

/** How far back the rule of docs/verdicts.md looks. */
const EARLIER = { checkouts: 20, results: 30 };

/** Attempts of one series on its commit, and of all series of a commit, at most. */
const MAX_OWN = 50;
const MAX_BUILDS = 5_000;

const PLATFORM = sql`(t.environment_misc ->> 'platform')`;

/** An id that an address can hold; senders make them as long as they like. */
const addressable = (id: SQL) => sql`case when length(${id}) <= 500 then ${id} end`;

/** Whether a build's environment is that of a series `s`. */
const sameBuild = (build: SQL) => sql`(${build}.architecture, ${build}.config_name, ${build}.compiler)
  is not distinct from (s.architecture, s.configuration, s.compiler)`;

/**
 * The CTEs `build`, the builds of the CTE `checkout`, `earlier_checkout`, those of the same trees and branches that started
 * before, and `failing_build`, a row for each series of builds with a failure.
 */
export function buildSeries(max: number): SQL {
  return sql`
    build as materialized (
      select b.*, starts_with(b.id, 'maestro:dummy_') as is_dummy
      from checkout c join ${builds} b on b.checkout_id = c.id limit ${MAX_BUILDS}
    ), lane as materialized (
      select tree_name, git_repository_url, git_repository_branch, origin, git_commit_hash, min(start_time) as start_time
      from checkout where start_time is not null group by 1, 2, 3, 4, 5
    ), earlier_checkout as materialized (
      select e.* from lane cross join lateral (
        select e.id, e.origin, e.git_commit_hash, e.start_time from ${checkouts} e
        where e.tree_name = lane.tree_name and e.git_repository_branch = lane.git_repository_branch and e.origin = lane.origin
          and e.start_time < lane.start_time and e.git_commit_hash <> lane.git_commit_hash
          and e.git_repository_url is not distinct from lane.git_repository_url
        order by e.start_time desc limit ${EARLIER.checkouts}
      ) e
    ), broken_build as materialized (
      select b.origin, b.architecture, b.config_name as configuration, b.compiler from build b
      where b.status = 'FAIL' and not b.is_dummy group by 1, 2, 3, 4 order by 1, 2, 3, 4 limit ${max}
    ), failing_build as (
      select 'build' as kind, md5(concat_ws(' ', 'build', s.origin, s.architecture, s.configuration, s.compiler)) as series,
        'build' as name, ${brief(sql`s.origin`)} as origin, null as platform, ${brief(sql`s.architecture`)} as architecture,
        ${brief(sql`s.configuration`)} as configuration, ${brief(sql`s.compiler`)} as compiler, (
          select json_agg(json_build_object('id', ${addressable(sql`b.id`)}, 'status', b.status, 'lab', ${brief(sql`b.misc ->> 'lab'`)}) order by b.id) from (
            select b.* from build b where b.origin = s.origin and ${sameBuild(sql`b`)} and not b.is_dummy order by b.id limit ${MAX_OWN}
          ) b
        ) as own, coalesce((
          select json_agg(json_build_object('sha', e.git_commit_hash, 'status', b.status)
            order by e.start_time desc, e.git_commit_hash)
          from earlier_checkout e join ${builds} b on b.checkout_id = e.id
          where b.origin = s.origin and ${sameBuild(sql`b`)}
        ), '[]') as earlier
      from broken_build s
    )`;
}

/** The CTE `failing_test`, a row for each series of boots and tests with a failure; needs those of `buildSeries`. */
export function testSeries(max: number): SQL {
  return sql`
    broken_test as materialized (
      select t.path, t.origin, ${PLATFORM} as platform, b.architecture, b.config_name as configuration, b.compiler,
        max(t.start_time) as start_time, row_number() over () as turn
      from build b join ${tests} t on t.build_id = b.id
      where t.status = 'FAIL' and t.path is not null group by 1, 2, 3, 4, 5, 6 order by 1, 2, 3, 4, 5, 6 limit ${max}
    ), own_test as materialized (
      select s.turn, t.id, t.status, t.misc ->> 'runtime' as lab, t.start_time,
        row_number() over (partition by s.turn order by t.status = 'FAIL' desc, t.status = 'PASS' desc, t.id) as nth
      from (
        -- One pass over the commit's tests: no index leads from a build to a path.
        select t.*, b.architecture, b.config_name, b.compiler from build b join ${tests} t on t.build_id = b.id offset 0
      ) t join broken_test s on s.path = t.path and s.origin = t.origin and s.platform is not distinct from ${PLATFORM}
        and ${sameBuild(sql`t`)}
    ), before_test as materialized (
      select s.turn, t.build_id, t.origin, t.status from broken_test s cross join lateral (
        select t.build_id, t.origin, t.status from ${tests} t
        where t.path = s.path and ${PLATFORM} = s.platform and t.start_time < s.start_time
        order by t.start_time desc limit ${EARLIER.results}
      ) t
    ), earlier_test as materialized (
      select s.turn, c.git_commit_hash, c.start_time, t.status
      from before_test t join broken_test s using (turn)
      join ${builds} b on b.id = t.build_id join ${checkouts} c on c.id = b.checkout_id
      where t.origin = s.origin and ${sameBuild(sql`b`)} and exists (
        select from lane where lane.tree_name = c.tree_name and lane.git_repository_branch = c.git_repository_branch
          and lane.origin = c.origin and lane.git_repository_url is not distinct from c.git_repository_url
          and c.start_time < lane.start_time and c.git_commit_hash <> lane.git_commit_hash)
    ), own as materialized (
      select turn, json_agg(json_build_object('id', ${addressable(sql`id`)}, 'status', status, 'lab', ${brief(sql`lab`)})
        order by start_time, id) as list
      from own_test where nth <= ${MAX_OWN} group by turn
    ), earlier as materialized (
      select turn, json_agg(json_build_object('sha', git_commit_hash, 'status', status)
        order by start_time desc, git_commit_hash) as list
      from earlier_test group by turn
    ), failing_test as (
      select case when split_part(s.path, '.', 1) = 'boot' then 'boot' else 'test' end as kind,
        md5(concat_ws(' ', s.path, s.origin, s.platform, s.architecture, s.configuration, s.compiler)) as series,
        ${brief(sql`s.path`)} as name, ${brief(sql`s.origin`)} as origin, ${brief(sql`s.platform`)} as platform,
        ${brief(sql`s.architecture`)} as architecture, ${brief(sql`s.configuration`)} as configuration,
        ${brief(sql`s.compiler`)} as compiler, own.list as own, coalesce(earlier.list, '[]') as earlier
      from broken_test s join own using (turn) left join earlier using (turn)
    )`;
}
