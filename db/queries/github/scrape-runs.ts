import { and, asc, desc, eq, sql } from "drizzle-orm";
import * as z from "zod";
import { type Database, rows } from "../../client.ts";
import { type GithubId, readGithubId } from "../../schema/github-id.ts";
import { runDetails, scrapeRuns } from "../../schema/index.ts";

/** A run whose attempts and jobs a scrape has still to read. */
export type RunToDetail = { runId: GithubId; attempt: number };

/** The next runs to detail, newest first. */
export async function runsToDetail(db: Database, scrapeId: string, limit: number): Promise<RunToDetail[]> {
  return await db
    .select({ runId: scrapeRuns.runId, attempt: scrapeRuns.attempt })
    .from(scrapeRuns)
    .where(and(eq(scrapeRuns.scrapeId, scrapeId), eq(scrapeRuns.detailed, false)))
    .orderBy(desc(scrapeRuns.runId))
    .limit(limit);
}

/** How many runs a scrape has met. */
export async function countMetRuns(db: Database, scrapeId: string): Promise<number> {
  return await db.$count(scrapeRuns, eq(scrapeRuns.scrapeId, scrapeId));
}

/** How many runs a scrape has met, which of these it knows already, and which it knew before it looked at the first page again. */
export async function metRuns(
  db: Database,
  scrapeId: string,
  runIds: readonly GithubId[],
): Promise<{ total: number; known: Set<GithubId>; knownEarlier: Set<GithubId> }> {
  const rows = await db
    .select({ runId: scrapeRuns.runId, again: scrapeRuns.again })
    .from(scrapeRuns)
    .where(
      and(
        eq(scrapeRuns.scrapeId, scrapeId),
        sql`${scrapeRuns.runId} in (select value::bigint from jsonb_array_elements_text(${JSON.stringify(runIds.map(String))}::jsonb))`,
      ),
    )
    .orderBy(asc(scrapeRuns.runId));
  const earlier = rows.filter(({ again }) => !again);
  return {
    total: await countMetRuns(db, scrapeId),
    known: new Set(rows.map(({ runId }) => runId)),
    knownEarlier: new Set(earlier.map(({ runId }) => runId)),
  };
}

const Detailed = z.object({ run_id: z.unknown().transform(readGithubId) });

/** A run as a page of a list shows it. */
export type ShownRun = { runId: GithubId; attempt: number; updatedAt: string };

/** Which of these runs had their attempts (and jobs, when those are wanted) read in this very state by an earlier scrape. */
export async function detailedRuns(
  db: Database,
  shown: readonly ShownRun[],
  withJobs: boolean,
): Promise<Set<GithubId>> {
  const given = JSON.stringify(shown.map((run) => ({ ...run, runId: String(run.runId) })));
  const found = await rows(
    db,
    Detailed,
    sql`select d.run_id from ${runDetails} d
      join jsonb_to_recordset(${given}::jsonb) as given("runId" bigint, attempt integer, "updatedAt" timestamptz)
        on given."runId" = d.run_id and given.attempt = d.attempt and given."updatedAt" = d.updated_at
      where d.jobs or not ${withJobs}::boolean`,
  );
  return new Set(found.map(({ run_id }) => run_id));
}
