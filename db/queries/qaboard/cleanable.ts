import { sql } from "drizzle-orm";
import * as z from "zod";
import { type Database, rows } from "../../client.ts";
import { COMMIT_PLACE, CommitPlace } from "../../render/qaboard/commit-place.ts";
import { qaboardBatches, qaboardCommits, qaboardOutputs, qaboardProjects } from "../../schema/index.ts";

const Project = z.object({
  id: z.string(),
  /** Path of the repository at its Git host, if the project says it. */
  repository: z.string().nullable(),
  referenceBranch: z.string().nullable(),
  /** Branches and tags whose commits, and whose own results, are kept. */
  milestoneRefs: z.array(z.string()),
  /** Hashes of the milestones that the project stores. */
  milestones: z.array(z.string()),
  /** `storage.garbage` of its configuration, as it stands there. */
  garbage: z.unknown(),
});
export type CleanedProject = z.infer<typeof Project>;

/** Projects with the settings of their cleaning, by id, from the one named on (contract section 12.4). */
export async function listCleanedProjects(db: Database, from: string): Promise<CleanedProject[]> {
  return await rows(
    db,
    Project,
    sql`select p.id, p.data #>> '{git,path_with_namespace}' as repository,
        p.data #>> '{qatools_config,project,reference_branch}' as "referenceBranch",
        array(select jsonb_array_elements_text(case jsonb_typeof(refs.list) when 'array' then refs.list else '[]' end))
          as "milestoneRefs",
        array(select milestone.value ->> 'commit' from jsonb_each(case jsonb_typeof(p.data -> 'milestones')
          when 'object' then p.data -> 'milestones' else '{}' end) milestone
          where milestone.value ->> 'commit' is not null) as milestones,
        p.data #> '{qatools_config,storage,garbage}' as garbage
      from ${qaboardProjects} p, lateral (select p.data #> '{qatools_config,project,milestones}' as list) refs
      where p.id >= ${from} order by p.id`,
  );
}

/** Which commits of a project are cleaned. */
export type Cleanable = {
  project: string;
  /** Instant before which the newest result came. */
  before: string;
  keptHashes: readonly string[];
  /** Branches without `origin/`. */
  keptBranches: readonly string[];
  /** Commits are also cleaned of their artifacts. */
  withArtifacts: boolean;
};

const Commit = CommitPlace.extend({
  id: z.int(),
  branch: z.string().nullable(),
  /** Outputs whose files are not deleted yet. */
  outputs: z.coerce.number().int(),
});
export type CleanableCommit = z.infer<typeof Commit>;

const listed = (texts: readonly string[]) =>
  sql`array(select jsonb_array_elements_text(${JSON.stringify(texts)}::jsonb))`;
const IS_LEFT = sql`exists (select from ${qaboardBatches} b where b.ci_commit_id = c.id
  and b.deleted_outputs < b.valid_outputs + b.pending_outputs + b.failed_outputs
  and exists (select from ${qaboardOutputs} o where o.batch_id = b.id and not o.deleted))`;

/** A page of commits that are cleaned, by id after the given one; of those with artifacts alone only where these go too. */
export async function listCleanableCommits(
  db: Database,
  { project, before, keptHashes, keptBranches, withArtifacts }: Cleanable,
  after: number,
  limit: number,
): Promise<CleanableCommit[]> {
  return await rows(
    db,
    Commit,
    sql`select place.*, c.id, c.branch, (select count(*) from ${qaboardBatches} b join ${qaboardOutputs} o on o.batch_id = b.id
          where b.ci_commit_id = c.id and not o.deleted) as outputs
      from (
        select c.* from ${qaboardCommits} c
        where c.project_id = ${project} and c.id > ${after} and not c.deleted and c.latest_output_datetime < ${before}::timestamptz
          and not c.hexsha = any(${listed(keptHashes)})
          and not replace(coalesce(c.branch, ''), 'origin/', '') = any(${listed(keptBranches)})
          and (${withArtifacts} or ${IS_LEFT})
        order by c.id limit ${limit}
      ) c join ${qaboardProjects} p on p.id = c.project_id,
        lateral json_to_record(json_build_object(${COMMIT_PLACE})) as place ("hexsha" text, "projectId" text,
          "commitDirOverride" text, "repository" text, "projectStorage" json, "commitStorage" json)
      order by c.id`,
  );
}

const Output = z.object({ id: z.coerce.number(), folder: z.string() });

/** A page of the outputs of a commit whose files are there, with their folders, by id after the given one. */
export async function listUndeletedOutputs(db: Database, commitId: number, after: number, limit: number) {
  return await rows(
    db,
    Output,
    sql`select o.id, o.output_dir as folder from ${qaboardBatches} b join ${qaboardOutputs} o on o.batch_id = b.id
      where b.ci_commit_id = ${commitId} and not o.deleted and o.id > ${after} order by o.id limit ${limit}`,
  );
}
