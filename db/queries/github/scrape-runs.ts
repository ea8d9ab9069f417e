import { and, asc, count, desc, eq, sql } from "drizzle-orm";
import type { Database } from "../../client.ts";
import { scrapeRuns } from "../../schema/index.ts";

/** A run whose attempts and jobs a scrape has still to read. */
export type RunToDetail = { runId: number; attempt: number };

/** The next runs to detail, newest first. */
export async function runsToDetail(db: Database, scrapeId: string, limit: number): Promise<RunToDetail[]> {
  return await db
    .select({ runId: scrapeRuns.runId, attempt: scrapeRuns.attempt })
    .from(scrapeRuns)
    .where(and(eq(scrapeRuns.scrapeId, scrapeId), eq(scrapeRuns.detailed, false)))
    .orderBy(desc(scrapeRuns.runId))
    .limit(limit);
}

/** How many runs a scrape has met, and which of these it knows already. */
export async function metRuns(
  db: Database,
  scrapeId: string,
  runIds: readonly number[],
): Promise<{ total: number; known: Set<number> }> {
  const [counted] = await db.select({ total: count() }).from(scrapeRuns).where(eq(scrapeRuns.scrapeId, scrapeId));
  const rows = await db
    .select({ runId: scrapeRuns.runId })
    .from(scrapeRuns)
    .where(
      and(
        eq(scrapeRuns.scrapeId, scrapeId),
        sql`${scrapeRuns.runId} in (select value::bigint from jsonb_array_elements_text(${JSON.stringify(runIds)}::jsonb))`,
      ),
    )
    .orderBy(asc(scrapeRuns.runId));
  return { total: counted?.total ?? 0, known: new Set(rows.map(({ runId }) => runId)) };
}
