import { eq, sql } from "drizzle-orm";
import type { Database } from "../../client.ts";
import { inStatements, insertFrom } from "../../recordset.ts";
import { compareGithubIds, type GithubId } from "../../schema/github-id.ts";
import { runDetails, scrapeRuns } from "../../schema/index.ts";

const COLUMNS = ["scrapeId", "runId", "attempt", "updatedAt", "detailed", "again"] as const;

/** A run on a page that a scrape has read. */
export type ScrapeRunRow = typeof scrapeRuns.$inferInsert;

/** Notes runs that a page showed, each once; of one met before attempts and jobs are read again when it has changed. */
export async function upsertScrapeRuns(tx: Database, rows: readonly ScrapeRunRow[]): Promise<void> {
  const sorted = [...rows].sort((a, b) => compareGithubIds(a.runId, b.runId));
  for (const part of inStatements(sorted)) {
    await tx.execute(sql`
      ${insertFrom(scrapeRuns, COLUMNS, part)}
      on conflict (scrape_id, run_id) do update
        set attempt = excluded.attempt, updated_at = excluded.updated_at, detailed = excluded.detailed
        where (excluded.attempt, excluded.updated_at) <> (${scrapeRuns.attempt}, ${scrapeRuns.updatedAt})`);
  }
}

/**
 * Notes that the attempts, and jobs when those are wanted, of these runs were read: all that the scrape could read, and of
 * those the ones of which nothing was missing, for later scrapes.
 */
export async function markDetailed(
  tx: Database,
  { scrapeId, jobs }: { scrapeId: string; jobs: boolean },
  { read, whole }: { read: readonly GithubId[]; whole: readonly GithubId[] },
): Promise<void> {
  const ids = (runIds: readonly GithubId[]) =>
    sql`(select value::bigint from jsonb_array_elements_text(${JSON.stringify(runIds.map(String))}::jsonb))`;
  await tx.execute(sql`
    with marked as (
      update ${scrapeRuns} set detailed = true where scrape_id = ${scrapeId}::uuid and run_id in ${ids(read)}
      returning run_id, attempt, updated_at
    )
    insert into ${runDetails} (run_id, attempt, updated_at, jobs)
    select run_id, attempt, updated_at, ${jobs}::boolean from marked where run_id in ${ids(whole)} order by run_id
    on conflict (run_id) do update
      set attempt = excluded.attempt, updated_at = excluded.updated_at, jobs = excluded.jobs
      where (excluded.attempt, excluded.updated_at, excluded.jobs) >= (${runDetails.attempt}, ${runDetails.updatedAt}, ${runDetails.jobs})`);
}

/** Forgets the runs of a scrape that has ended. */
export async function forgetScrapeRuns(tx: Database, scrapeId: string): Promise<void> {
  await tx.delete(scrapeRuns).where(eq(scrapeRuns.scrapeId, scrapeId));
}
