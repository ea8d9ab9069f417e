import type { Database } from "../../db/client.ts";
import { forgottenScrapes } from "../../db/queries/github/scrape.ts";
import type { ScrapeMessage } from "../messages/github-scrape.ts";
import { packTask } from "../messages/task-message.ts";
import type { ObjectStore } from "../outside/object-store.ts";
import { LONGEST_DELAY_SECONDS, type Queue } from "../outside/queue.ts";

/** A living message is received at least this often, whatever it waits for. */
export const LONG_AGO_SECONDS = 2 * LONGEST_DELAY_SECONDS;

/** Gives scrapes that should have gone on long ago a new message: theirs died, or was lost with a queue. */
export async function wakeScrapes(db: Database, queue: Queue, objects: ObjectStore): Promise<void> {
  for (const { scrapeId, repo, maxRuns, since, jobs, turn } of await forgottenScrapes(db, LONG_AGO_SECONDS)) {
    const body: ScrapeMessage = { v: 1, repo, max_runs: maxRuns, since, jobs, turn };
    await queue.send(await packTask({ id: scrapeId, source: "github", kind: "scrape", trace: "cron", body }, objects));
  }
}
