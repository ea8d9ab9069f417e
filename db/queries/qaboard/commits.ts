import { type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { type Database, firstRow } from "../../client.ts";
import { beginsWith } from "../../render/beginning.ts";
import { qaboardBatches, qaboardCommits, qaboardProjects } from "../../schema/index.ts";
import { type CommitRow, listCommitRows, type ShownBatches } from "./commit-rows.ts";

/** Most commits of a listing (contract section 5.4). */
const MAX_COMMITS = 1_000;
/** Commits among which the newest one with results is looked for (contract section 5.6). */
const MAX_NEWEST = 20;

export type CommitChoice = {
  project: string;
  branch: string | undefined;
  committer: string | undefined;
  /** Instants as PostgreSQL reads them; undefined: four days before now, and now. */
  from: string | undefined;
  to: string | undefined;
};

/** A branch as it is stored, from the remote or not. */
const onBranch = (branch: string): SQL => sql`c.branch in (${branch}, ${`origin/${branch}`})`;

/**
 * Commits that have batches, the newest first, authored within a window that slides back to end at the newest one (contract
 * section 5.4).
 */
export async function listCommits(db: Database, choice: CommitChoice, shown: ShownBatches): Promise<CommitRow[]> {
  const { project, branch, committer, from, to } = choice;
  const conditions = [sql`c.project_id = ${project}`];
  if (branch !== undefined) conditions.push(onBranch(branch));
  if (committer !== undefined) conditions.push(sql`c.committer_name = ${committer}`);
  const where = sql.join(conditions, sql` and `);
  const since = from === undefined ? sql`(now() - interval '4 days')` : sql`${from}::timestamptz`;
  const until = sql`(${to === undefined ? sql`now()` : sql`${to}::timestamptz`} + interval '3 hours')`;
  const newest = sql`(select max(c.authored_datetime) from ${qaboardCommits} c where ${where})`;
  return await listCommitRows(
    db,
    sql`select c.id, row_number() over (order by c.authored_datetime desc, c.id desc) as turn from (
        select c.id, c.authored_datetime from ${qaboardCommits} c
        where ${where} and c.authored_datetime <= ${until}
          and c.authored_datetime >= least(${newest} - (${until} - ${since}), ${since}) - interval '3 hours'
        order by c.authored_datetime desc, c.id desc limit ${MAX_COMMITS}
      ) c where exists (select from ${qaboardBatches} b where b.ci_commit_id = c.id)`,
    shown,
  );
}

/** The commit of that hash, else one that begins with it; undefined when there is none (contract section 5.5). */
export async function findCommit(
  db: Database,
  { project, sha }: { project: string; sha: string },
  shown: ShownBatches,
): Promise<CommitRow | undefined> {
  const [found] = await listCommitRows(
    db,
    sql`select id, 1 as turn from ${qaboardCommits} where project_id = ${project} and ${beginsWith(sql`hexsha`, sha)}
      order by hexsha = ${sha} desc, id limit 1`,
    shown,
  );
  return found;
}

/**
 * The newest commit of a branch that has a valid output, in the shown batch if one is named (contract section 5.6). The
 * branch is the project's reference branch unless given; its name comes with the answer.
 */
export async function findNewestCommit(
  db: Database,
  { project, branch }: { project: string; branch: string | undefined },
  shown: ShownBatches,
): Promise<{ row: CommitRow | undefined; name: string }> {
  const name = branch ?? (await findReferenceBranch(db, project));
  const ofLabel = shown.label === undefined ? sql`` : sql`and b.label = ${shown.label}`;
  const [row] = await listCommitRows(
    db,
    sql`select c.id, 1 as turn from (
        select c.id, c.authored_datetime from ${qaboardCommits} c
        where c.project_id = ${project} and ${onBranch(name)} and c.authored_datetime is not null
        order by c.authored_datetime desc, c.id desc limit ${MAX_NEWEST}
      ) c
      where exists (select from ${qaboardBatches} b where b.ci_commit_id = c.id and b.valid_outputs > 0 ${ofLabel})
      order by c.authored_datetime desc, c.id desc limit 1`,
    shown,
  );
  return { row, name };
}

/** The branch that a project's commits are compared with. */
async function findReferenceBranch(db: Database, project: string): Promise<string> {
  const row = await firstRow(
    db,
    Named,
    sql`select data #>> '{qatools_config,project,reference_branch}' as name from ${qaboardProjects} where id = ${project}`,
  );
  return row?.name || "master";
}

const Named = z.object({ name: z.string().nullable() });
