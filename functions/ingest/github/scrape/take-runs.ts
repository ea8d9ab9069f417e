import type { Database } from "../../../../db/client.ts";
import type { Scrape } from "../../../../db/queries/github/scrape.ts";
import { detailedRuns, metRuns } from "../../../../db/queries/github/scrape-runs.ts";
import { mergeFacts } from "../../../../db/upserts/github/facts.ts";
import { upsertScrapeRuns } from "../../../../db/upserts/github/scrape-runs.ts";
import { storeGithubFacts } from "../../../../db/upserts/github/store.ts";
import { factsOfRun } from "../workflow-run.ts";
import { repoIdOf } from "./page.ts";
import type { ReadRun, RunPage } from "./run-pages.ts";

/** What storing a page of runs came to. */
export type Taken = {
  /** Runs that were met for the first time. */
  taken: number;
  /** Runs that were met before the first page was read once more. */
  metEarlier: number;
  /** Runs that were met in all. */
  met: number;
  /** Whether all that are wanted were met. */
  isFull: boolean;
};

/** Stores the runs of a page as far as they are wanted; those met before are always. */
export async function takeRuns(tx: Database, scrape: Scrape, { runs, arrival }: RunPage): Promise<Taken> {
  const { scrapeId, maxRuns } = scrape;
  const byId = new Map(runs.map((read) => [read.run.id, read]));
  const { total, known, knownEarlier } = await metRuns(tx, scrapeId, [...byId.keys()]);
  const room = maxRuns === null ? Number.POSITIVE_INFINITY : Math.max(0, maxRuns - total);
  const fresh = [...byId.values()].filter(({ run }) => !known.has(run.id)).slice(0, room);
  const stored = [...[...byId.values()].filter(({ run }) => known.has(run.id)), ...fresh];
  await storeGithubFacts(
    tx,
    mergeFacts(stored.map(({ run, sent }) => factsOfRun(run, sent, repoIdOf(scrape), arrival))),
  );
  await noteRuns(tx, scrape, stored);
  return {
    taken: fresh.length,
    metEarlier: knownEarlier.size,
    met: total + fresh.length,
    isFull: fresh.length === room,
  };
}

/** Notes which runs were met, and of which nothing more is to be read: a finished run stays as it is until `updated_at` moves. */
async function noteRuns(tx: Database, { scrapeId, jobs, step }: Scrape, stored: readonly ReadRun[]): Promise<void> {
  const shown = stored.map(({ run }) => ({ runId: run.id, attempt: run.run_attempt, updatedAt: run.updated_at }));
  const detailed = await detailedRuns(tx, shown, jobs);
  const rows = stored.map(({ run }) => ({
    scrapeId,
    runId: run.id,
    attempt: run.run_attempt,
    updatedAt: run.updated_at,
    detailed: (!jobs && run.run_attempt === 1) || (run.status === "completed" && detailed.has(run.id)),
    again: step === "again",
  }));
  await upsertScrapeRuns(tx, rows);
}
