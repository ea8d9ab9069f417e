import { and, desc, eq, sql } from "drizzle-orm";
import type { Database } from "../../client.ts";
import type { GithubId } from "../../schema/github-id.ts";
import { type ScrapeEtags, scrapes } from "../../schema/index.ts";

/** A scrape as its row tells it; instants are ISO 8601. */
export type Scrape = typeof scrapes.$inferSelect;

/** What a scrape is asked to read. */
export type ScrapeOptions = Pick<Scrape, "repo" | "maxRuns" | "since" | "jobs">;

/** A scrape, and in how many seconds it goes on by the database's clock; 0 or less is now. */
export type DueScrape = Scrape & { waitSeconds: number };

/** One scrape, or undefined. */
export async function scrapeById(db: Database, scrapeId: string): Promise<DueScrape | undefined> {
  const [row] = await db
    .select({
      scrape: scrapes,
      waitSeconds: sql<number>`extract(epoch from ${scrapes.wakeAt} - now())::float8`,
    })
    .from(scrapes)
    .where(eq(scrapes.scrapeId, scrapeId));
  return row === undefined ? undefined : { ...inIso(row.scrape), waitSeconds: row.waitSeconds };
}

/** The newest scrape that a command began with these options and has not ended: a second call goes on with it. */
export async function interruptedScrape(db: Database, wanted: ScrapeOptions): Promise<Scrape | undefined> {
  const [row] = await db
    .select()
    .from(scrapes)
    .where(
      and(
        eq(scrapes.runner, "command"),
        sql`${scrapes.state} not in ('done', 'failed')`,
        sql`lower(${scrapes.repo}) = ${wanted.repo.toLowerCase()}`,
        sql`(${scrapes.maxRuns}, ${scrapes.since}, ${scrapes.jobs}) is not distinct from
          (${wanted.maxRuns}::integer, ${wanted.since}::timestamptz, ${wanted.jobs}::boolean)`,
      ),
    )
    .orderBy(desc(scrapes.createdAt))
    .limit(1);
  return row === undefined ? undefined : inIso(row);
}

/**
 * The tags of first pages that the newest complete scrape of a repository left, if that one read all that is wanted now;
 * else none.
 */
export async function etagsOfEarlierScrape(
  db: Database,
  repoId: GithubId,
  wanted: ScrapeOptions,
): Promise<ScrapeEtags> {
  const [row] = await db
    .select({
      etags: scrapes.etags,
      covers: sql<boolean>`(${scrapes.jobs} or not ${wanted.jobs}::boolean)
        and (${scrapes.maxRuns} is null or ${scrapes.maxRuns} >= ${wanted.maxRuns}::integer)
        and (${scrapes.since} is null or ${scrapes.since} <= ${wanted.since}::timestamptz)`,
    })
    .from(scrapes)
    .where(and(eq(scrapes.repoId, repoId), eq(scrapes.state, "done")))
    .orderBy(desc(scrapes.finishedAt))
    .limit(1);
  // A comparison with null is null: what is wanted without a bound is only covered without one.
  return row?.covers === true ? row.etags : {};
}

const isQueued = sql`${scrapes.runner} = 'queue' and ${scrapes.state} not in ('done', 'failed')`;
const wasDue = (longAgoSeconds: number) => sql`${scrapes.wakeAt} < now() - make_interval(secs => ${longAgoSeconds})`;

/** How many scrapes have a message in the queue, none of those forgotten: work under way, not a delivery that waits. */
export async function queuedScrapes(db: Database, longAgoSeconds: number): Promise<number> {
  return await db.$count(scrapes, sql`${isQueued} and not ${wasDue(longAgoSeconds)}`);
}

/** Scrapes whose message must have been lost: they should have gone on long ago. */
export async function forgottenScrapes(db: Database, longAgoSeconds: number): Promise<Scrape[]> {
  const rows = await db
    .select()
    .from(scrapes)
    .where(sql`${isQueued} and ${wasDue(longAgoSeconds)}`)
    .orderBy(scrapes.wakeAt)
    .limit(20);
  return rows.map(inIso);
}

function inIso(row: Scrape): Scrape {
  const iso = (text: string | null) => (text === null ? null : new Date(text).toISOString());
  const { since, version, startedAt, finishedAt } = row;
  return {
    ...row,
    since: iso(since),
    version: iso(version),
    startedAt: iso(startedAt),
    finishedAt: iso(finishedAt),
    wakeAt: new Date(row.wakeAt).toISOString(),
    createdAt: new Date(row.createdAt).toISOString(),
  };
}
