import { sql } from "drizzle-orm";
import type { Database } from "../../client.ts";
import { lockParents } from "../../locks.ts";
import { qaboardCommits, qaboardProjects } from "../../schema/index.ts";

/** A commit of one project, as a Git host shows it. */
export type PushedCommit = {
  projectId: string;
  hash: string;
  message: string;
  committer: string;
  /** ISO 8601. */
  authored: string;
  parents: readonly string[];
  /** JSON text of an object: the project's configuration and metrics. */
  data: string;
};

/** A push to a repository. */
export type Push = {
  repository: string;
  /** JSON text of what the Git host says of the repository. */
  git: string;
  hash: string;
  branch: string;
  commits: readonly PushedCommit[];
};

/**
 * Stores a push: the repository's project, and a commit for each of its projects (contract section 8). The same again, and
 * pushes in any order, leave the same: of the reference branch the newest commit configures the project.
 */
export async function storePush(tx: Database, { repository, git, branch, commits }: Push): Promise<void> {
  const ids = [repository, ...commits.map(({ projectId }) => projectId)];
  await lockParents(
    tx,
    ids.map((id) => `qaboard.project ${id}`),
  );
  for (const id of [...new Set(ids)].sort())
    await tx.execute(sql`
      insert into ${qaboardProjects} as p (id, data) values (${id}, jsonb_build_object('git', ${git}::jsonb))
      on conflict (id) do update set data = p.data || excluded.data`);
  for (const commit of commits) {
    await storeCommit(tx, commit, branch);
    await configureProject(tx, commit, branch);
  }
}

async function storeCommit(tx: Database, commit: PushedCommit, branch: string): Promise<void> {
  const { projectId, hash, message, committer, authored, parents, data } = commit;
  await tx.execute(sql`
    insert into ${qaboardCommits} as c (hexsha, project_id, data, authored_datetime, committer_name, message, branch,
      parents, latest_output_datetime)
    values (${hash}, ${projectId}, ${data}::jsonb, ${authored}::timestamptz, ${committer || "unknown"},
      ${message || "<NA>"}, ${branch}, ${JSON.stringify(parents)}::jsonb, ${authored}::timestamptz)
    on conflict (project_id, hexsha) do update set data = c.data || excluded.data`);
}

/** Configures a project that is not yet, or by a commit of its reference branch that no later one has configured. */
async function configureProject(tx: Database, { projectId, data, authored }: PushedCommit, branch: string) {
  await tx.execute(sql`
    update ${qaboardProjects} p set data = p.data || given.data
    from (select ${data}::jsonb as data, coalesce(${data}::jsonb #>> '{qatools_config,project,reference_branch}', 'master') as reference) given
    where p.id = ${projectId} and (
      not p.data ? 'qatools_config'
      or (given.reference = ${branch} and not exists (
        select from ${qaboardCommits} c
        where c.project_id = p.id and c.branch in (${branch}, 'origin/' || ${branch})
          and c.authored_datetime > ${authored}::timestamptz and c.data ? 'qatools_config')))`);
}
