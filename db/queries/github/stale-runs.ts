import { sql } from "drizzle-orm";
import { type Database, rowsOf } from "../../client.ts";
import { type GithubId, readGithubId } from "../../schema/github-id.ts";
import { jobs, repos, runRepairs, runs } from "../../schema/index.ts";

/** A run that should have had news by now. */
export type StaleRun = { runId: GithubId; repoId: GithubId; repo: string };

/** One asked for in vain is asked for again twice as late each time, up to 64 times the first wait. */
const MOST_DOUBLINGS = 6;

/**
 * Runs that are unfinished, or have an unfinished job, without news for so many hours (contract section 6); oldest
 * first. Left out is what GitHub no longer has, and what was asked for lately.
 */
export async function staleRuns(db: Database, hours: number, limit: number): Promise<StaleRun[]> {
  const wait = sql`make_interval(secs => ${hours}::float8 * 3600)`;
  const rows = await rowsOf(
    db,
    sql`with stale as (
        select run_id, repo_id from ${runs} where status <> 'completed' and updated_at < now() - ${wait}
        union
        select run_id, repo_id from ${jobs}
        where rank < 2 and coalesce(started_at, created_at, '-infinity') < now() - ${wait}
      )
      select stale.run_id, stale.repo_id, r.name from stale join ${repos} r on r.repo_id = stale.repo_id
      left join ${runRepairs} asked on asked.run_id = stale.run_id
      where not r.deleted and (asked.run_id is null
        or (not asked.gone and asked.asked_at + ${wait} * 2 ^ least(asked.times - 1, ${MOST_DOUBLINGS}) < now()))
      order by stale.run_id limit ${limit}`,
  );
  return rows.map((row) => ({
    runId: readGithubId(row.run_id),
    repoId: readGithubId(row.repo_id),
    repo: String(row.name),
  }));
}
