import { and, eq, sql } from "drizzle-orm";
import type { Database } from "../../client.ts";
import { type ScrapeCounts, scrapes } from "../../schema/index.ts";

/** A scrape that is asked for. */
export type NewScrape = Pick<
  typeof scrapes.$inferInsert,
  "scrapeId" | "repo" | "maxRuns" | "since" | "jobs" | "runner"
>;

/** What a turn changes in a scrape's row. */
export type ScrapeChange = Partial<
  Omit<typeof scrapes.$inferInsert, "scrapeId" | "turn" | "sentTurn" | "requests" | "counts" | "wakeAt">
> & {
  /** Requests made in this turn, and how many of each were read. */
  requests: number;
  counts?: Partial<ScrapeCounts>;
  /** Seconds until it goes on. */
  waitSeconds?: number;
};

const NOTHING: ScrapeCounts = { branches: 0, commits: 0, workflows: 0, runs: 0, attempts: 0, jobs: 0, skipped: 0 };

/** Makes the row of a scrape, unless there is one. */
export async function insertScrape(db: Database, row: NewScrape): Promise<void> {
  await db
    .insert(scrapes)
    .values({ ...row, counts: NOTHING })
    .onConflictDoNothing();
}

/**
 * Moves a scrape on from the turn the caller read; false when another worker was faster, and then nothing else of this
 * turn may be written. Holds the row until the transaction ends.
 */
export async function advanceScrape(
  db: Database,
  { scrapeId, turn }: { scrapeId: string; turn: number },
  { requests, counts = {}, waitSeconds = 0, ...change }: ScrapeChange,
): Promise<boolean> {
  const added = sql`(select jsonb_object_agg(key, value::integer + coalesce((${JSON.stringify(counts)}::jsonb->>key)::integer, 0))
    from jsonb_each_text(${scrapes.counts}))`;
  const moved = await db
    .update(scrapes)
    .set({
      ...change,
      turn: turn + 1,
      requests: sql`${scrapes.requests} + ${requests}`,
      counts: added,
      wakeAt: sql`now() + make_interval(secs => ${waitSeconds})`,
      startedAt: sql`coalesce(${scrapes.startedAt}, now())`,
    })
    .where(and(eq(scrapes.scrapeId, scrapeId), eq(scrapes.turn, turn)))
    .returning({ scrapeId: scrapes.scrapeId });
  return moved.length > 0;
}

/** Notes that the message for a turn was sent, so that whoever finds the turn before it taken need not send it again. */
export async function markTurnSent(db: Database, scrapeId: string, turn: number): Promise<void> {
  await db
    .update(scrapes)
    .set({ sentTurn: sql`greatest(${scrapes.sentTurn}, ${turn}::integer)` })
    .where(eq(scrapes.scrapeId, scrapeId));
}
