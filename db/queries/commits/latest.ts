import { type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { type Database, rows } from "../../client.ts";
import {
  benchmarks,
  checkouts,
  qaboardBatches,
  qaboardCommits,
  repos,
  results,
  runs,
  sites,
} from "../../schema/index.ts";
import { brief, naiveUtc, utc } from "./hashes.ts";

const Latest = z.object({
  /** What it belongs to: a repository, a tree, a project, a benchmark. */
  place: z.string().nullable(),
  name: z.string().nullable(),
  sha: z.string().nullable(),
  time: z.string().nullable(),
});
export type Latest = z.infer<typeof Latest>;

const LIMIT = 5;

/** The newest of each source, by an index of its own. */
const STATEMENTS = {
  // GitHub counts its runs up over all repositories.
  github: sql`
    select r.name as place, ${brief(sql`u.name`)} as name, u.sha, ${utc(sql`u.created_at`)} as time
    from ${runs} u join ${repos} r using (repo_id) where not r.deleted order by u.run_id desc limit ${LIMIT}`,
  kernelci: sql`
    select ${brief(sql`c.tree_name`)} as place, ${brief(sql`coalesce(c.git_commit_name, c.git_repository_branch)`)} as name,
      c.git_commit_hash as sha, ${utc(sql`c._timestamp`)} as time
    from ${checkouts} c order by c._timestamp desc nulls last limit ${LIMIT}`,
  qaboard: sql`
    select ${brief(sql`c.project_id`)} as place, ${brief(sql`b.label`)} as name, c.hexsha as sha,
      ${naiveUtc(sql`b.created_date`)} as time
    from ${qaboardBatches} b join ${qaboardCommits} c on c.id = b.ci_commit_id order by b.id desc limit ${LIMIT}`,
  eosc_perf: sql`
    select ${brief(sql`b.docker_image || ':' || b.docker_tag`)} as place, ${brief(sql`s.name`)} as name, null as sha,
      ${naiveUtc(sql`r.upload_datetime`)} as time
    from ${results} r join ${benchmarks} b on b.id = r.benchmark_id join ${sites} s on s.id = r.site_id
    where not r.deleted order by r.key desc limit ${LIMIT}`,
} satisfies Record<string, SQL>;
export type PageSource = keyof typeof STATEMENTS;

/** What a source received last, newest first. */
export async function listLatest(db: Database, source: PageSource): Promise<Latest[]> {
  return await rows(db, Latest, STATEMENTS[source]);
}
