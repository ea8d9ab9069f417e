import { sql } from "drizzle-orm";
import * as z from "zod";
import { type Database, rows } from "../../client.ts";
import { jobs, repos, runRepairs, runs } from "../../schema/index.ts";

const StaleRun = z.object({ runId: z.coerce.number(), repoId: z.coerce.number(), repo: z.string() });
/** A run that should have had news by now. */
export type StaleRun = z.infer<typeof StaleRun>;

/** One asked for in vain is asked for again twice as late each time, up to 64 times the first wait. */
const MOST_DOUBLINGS = 6;

/**
 * Runs that are unfinished, or have an unfinished job, without news for so many hours (contract section 6); oldest
 * first. Left out is what GitHub no longer has, and what was asked for lately.
 */
export async function staleRuns(db: Database, hours: number, limit: number): Promise<StaleRun[]> {
  const wait = sql`make_interval(secs => ${hours}::float8 * 3600)`;
  return await rows(
    db,
    StaleRun,
    sql`with stale as (
        select run_id, repo_id from ${runs} where status <> 'completed' and updated_at < now() - ${wait}
        union
        select run_id, repo_id from ${jobs}
        where rank < 2 and coalesce(started_at, created_at, '-infinity') < now() - ${wait}
      )
      select stale.run_id as "runId", stale.repo_id as "repoId", r.name as repo from stale join ${repos} r on r.repo_id = stale.repo_id
      left join ${runRepairs} asked on asked.run_id = stale.run_id
      where not r.deleted and (asked.run_id is null
        or (not asked.gone and asked.asked_at + ${wait} * 2 ^ least(asked.times - 1, ${MOST_DOUBLINGS}) < now()))
      order by stale.run_id limit ${limit}`,
  );
}
