import { eq, sql } from "drizzle-orm";
import type { Database } from "../../client.ts";
import { inStatements, insertFrom } from "../../recordset.ts";
import { scrapeRuns } from "../../schema/index.ts";

const COLUMNS = ["scrapeId", "runId", "attempt", "updatedAt", "detailed"] as const;

/** A run on a page that a scrape has read. */
export type ScrapeRunRow = typeof scrapeRuns.$inferInsert;

/** Notes runs that a page showed, each once; of one met before attempts and jobs are read again when it has changed. */
export async function upsertScrapeRuns(tx: Database, rows: readonly ScrapeRunRow[]): Promise<void> {
  const sorted = [...rows].sort((a, b) => a.runId - b.runId);
  for (const part of inStatements(sorted)) {
    await tx.execute(sql`
      ${insertFrom(scrapeRuns, COLUMNS, part)}
      on conflict (scrape_id, run_id) do update
        set attempt = excluded.attempt, updated_at = excluded.updated_at, detailed = excluded.detailed
        where (excluded.attempt, excluded.updated_at) <> (${scrapeRuns.attempt}, ${scrapeRuns.updatedAt})`);
  }
}

/** Notes that the attempts and jobs of these runs were read. */
export async function markDetailed(tx: Database, scrapeId: string, runIds: readonly number[]): Promise<void> {
  await tx.execute(sql`
    update ${scrapeRuns} set detailed = true
    where scrape_id = ${scrapeId}::uuid
      and run_id in (select value::bigint from jsonb_array_elements_text(${JSON.stringify(runIds)}::jsonb))`);
}

/** Forgets the runs of a scrape that has ended. */
export async function forgetScrapeRuns(tx: Database, scrapeId: string): Promise<void> {
  await tx.delete(scrapeRuns).where(eq(scrapeRuns.scrapeId, scrapeId));
}
