import type { Scrape } from "../../../../db/queries/github/scrape.ts";
import { type RunToDetail, runsToDetail } from "../../../../db/queries/github/scrape-runs.ts";
import { type GithubFacts, mergeFacts } from "../../../../db/upserts/github/facts.ts";
import { markDetailed } from "../../../../db/upserts/github/scrape-runs.ts";
import { storeGithubFacts } from "../../../../db/upserts/github/store.ts";
import type { TurnApi } from "../rest/api.ts";
import type { Items } from "../rest/items.ts";
import { GithubRefusal } from "../rest/refusal.ts";
import { readJobs, readOneRun } from "../rest/run.ts";
import { repoIdOf, type Step } from "./page.ts";

/** A turn takes so many runs at most, and begins no further one after so long. */
const RUNS_A_TURN = 25;
const TURN_MS = 5_000;

/** Steps 6 and 7: earlier attempts and jobs of a few runs, newest first; without any left the scrape is done. */
export const readDetails: Step = async (scrape, { api, db }) => {
  const runs = await runsToDetail(db, scrape.scrapeId, RUNS_A_TURN);
  if (runs.length === 0) return { write: async () => ({ state: "done" }) };
  const { read, runIds, refusal } = await readInTurn(scrape, runs, api);
  const facts = mergeFacts(read.items);
  return {
    refusal,
    async write(tx) {
      await storeGithubFacts(tx, facts);
      await markDetailed(tx, scrape.scrapeId, runIds);
      return { counts: { attempts: facts.attempts.length, jobs: facts.jobs.length, skipped: read.skipped } };
    },
  };
};

/** Reads one run after the other; what was read before a refusal counts. */
async function readInTurn(scrape: Scrape, runs: readonly RunToDetail[], api: TurnApi) {
  const end = performance.now() + TURN_MS;
  const read: Items<Partial<GithubFacts>> = { items: [], skipped: 0 };
  const runIds: number[] = [];
  for (const run of runs) {
    if (performance.now() > end) break;
    try {
      for (const part of await readRun(scrape, run, api)) {
        read.items.push(...part.items);
        read.skipped += part.skipped;
      }
      runIds.push(run.runId);
    } catch (error) {
      if (!(error instanceof GithubRefusal) || runIds.length === 0) throw error;
      return { read, runIds, refusal: error };
    }
  }
  return { read, runIds, refusal: undefined };
}

async function readRun(scrape: Scrape, { runId, attempt }: RunToDetail, api: TurnApi) {
  const repoId = repoIdOf(scrape);
  const path = `/repos/${scrape.repo}/actions/runs/${runId}`;
  const parts: Items<Partial<GithubFacts>>[] = [];
  for (let earlier = 1; earlier < attempt; earlier += 1)
    parts.push(await readOneRun(`${path}/attempts/${earlier}`, repoId, api));
  if (scrape.jobs) parts.push(await readJobs(`${path}/jobs?filter=all&per_page=100`, repoId, api));
  return parts;
}
