import { type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { beginsWith } from "../../render/beginning.ts";
import { qaboardCommits, qaboardProjects } from "../../schema/index.ts";

/** What a commit is made from when it is not known yet. */
export type NewCommit = {
  branch: string | null;
  message: string;
  committer: string;
  authored: string | null;
  /** JSON text of the hashes of its parents, unless the body has them. */
  parents: string;
};

/** Which commit a body speaks of: by its hash or the beginning of a known one. `made` is undefined when it can't be made. */
export type CommitSource = {
  project: string;
  sha: string;
  projectRoot: string | undefined;
  made: NewCommit | undefined;
};

/** What a post changes of its commit, new or known. */
export type CommitChange =
  | { does: "nothing" }
  /** The body's `data` is merged into the commit's, whose artifacts are there. */
  | { does: "merge" }
  /** A result came; null clears the override. */
  | { does: "touch"; commitDirOverride: string | null };

/** The body's `data`, over `given`. */
const POSTED_DATA = sql`coalesce((select nullif(body -> 'data', 'null') from given), '{}')`;

/**
 * CTEs that find or make a commit (contract section 4.4): `given` has the body (`body`), `found` the known commit, `project`
 * and `commit` the rows to go on with, none of them when the hash is ambiguous or can't be made. Rows are locked in the
 * order project, commit, so that parallel posts wait for each other and lose nothing.
 */
export function findOrMakeCommit(text: string, source: CommitSource, change: CommitChange): SQL {
  const { project, sha, projectRoot = null, made } = source;
  const { branch = null, message = null, committer = null, authored = null, parents = "null" } = made ?? {};
  const isTouched = sql.raw(change.does === "touch" ? "true" : "false");
  const override = change.does === "touch" ? change.commitDirOverride : null;
  const assignments = assignmentsOf(change);
  const hasRoot = sql`(${projectRoot}::text is not null or exists (select from ${qaboardProjects} where id = ${project}))`;
  const root = sql`coalesce(${projectRoot}::text, body #>> '{qaboard_config,project,name}')`;
  return sql`
    given as materialized (select ${text}::jsonb as body),
    candidates as materialized (
      select id, hexsha = ${sha} as exact from ${qaboardCommits}
      where project_id = ${project} and ${beginsWith(sql`hexsha`, sha)} order by exact desc limit 2
    ), found as materialized (
      select id from candidates where exact or (select count(*) from candidates) = 1
    ), source as materialized (
      select case when ${root} is null then '{}' else
          jsonb_build_object('git', jsonb_build_object('path_with_namespace', ${root})) end as git,
        ${SENT_CONFIG} as sent, coalesce(body -> 'commit_parents', ${parents}::jsonb) as parents
      from given
      where exists (select from found) or (${made !== undefined} and not exists (select from candidates) and ${hasRoot})
    ), project as (
      insert into ${qaboardProjects} as p (id, data, latest_output_datetime)
      select ${project}, case when exists (select from found) or sent = '{}' then '{}' else git || sent end,
        case when ${isTouched} then now() at time zone 'UTC' end
      from source where ${isTouched} or not exists (select from found)
      on conflict (id) do update set
        data = p.data || excluded.data || case when not excluded.data ? 'git' then '{}' else
          jsonb_build_object('git', (excluded.data -> 'git') || coalesce(nullif(p.data -> 'git', 'null'), '{}')) end,
        latest_output_datetime = coalesce(excluded.latest_output_datetime, p.latest_output_datetime)
      returning p.id
    ), made as (
      insert into ${qaboardCommits} as c (hexsha, project_id, data, authored_datetime, committer_name, message, branch,
        parents, commit_dir_override, latest_output_datetime)
      select ${sha}, project.id, git || sent || ${change.does === "merge" ? POSTED_DATA : sql`'{}'`},
        ${authored}::timestamptz, ${committer}, ${message}, ${branch}, parents, ${override},
        case when ${isTouched} then now() else ${authored}::timestamptz end
      from project, source where not exists (select from found)
      on conflict (project_id, hexsha) do update set ${assignments ?? sql`hexsha = excluded.hexsha`}
      returning c.id
    ), known as (${
      assignments === undefined
        ? sql`select id from found`
        : sql`update ${qaboardCommits} c set ${assignments} from found
            where c.id = found.id and (not ${isTouched} or exists (select from project)) returning c.id`
    }), commit as (select id from made union all select id from known)`;
}

function assignmentsOf(change: CommitChange): SQL | undefined {
  if (change.does === "merge") return sql`data = c.data || ${POSTED_DATA}, deleted = false`;
  if (change.does === "touch")
    return sql`latest_output_datetime = now(), commit_dir_override = ${change.commitDirOverride}`;
  return undefined;
}

/** Configuration and metrics as far as a body has them, over `given`; `{}` without a configuration. */
const SENT_CONFIG = sql`case when coalesce(body -> 'qaboard_config', 'null') in ('null', '{}') then '{}'
  else jsonb_build_object('qatools_config', body -> 'qaboard_config')
    || case when coalesce(body -> 'qaboard_metrics', 'null') in ('null', '{}') then '{}'
      else jsonb_build_object('qatools_metrics', body -> 'qaboard_metrics') end end`;

/** What became of a commit: `rootless` is the first one of a project whose repository nobody named, `undated` has no time. */
export const CommitOutcome = z.enum(["stored", "ambiguous", "rootless", "undated", "unknown"]);
export type CommitOutcome = z.infer<typeof CommitOutcome>;

/** Over the CTEs of `findOrMakeCommit` for the same source. */
export function commitOutcome({ project, projectRoot, made }: CommitSource): SQL {
  const isRootless = made !== undefined && projectRoot === undefined;
  return sql`case when exists (select from commit) then 'stored'
    when (select count(*) from candidates) > 1 then 'ambiguous'
    when ${isRootless} and not exists (select from ${qaboardProjects} where id = ${project}) then 'rootless'
    else 'unknown' end`;
}
