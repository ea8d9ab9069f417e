import type { Scrape } from "../../../../db/queries/github/scrape.ts";
import { type RunToDetail, runsToDetail } from "../../../../db/queries/github/scrape-runs.ts";
import type { GithubId } from "../../../../db/schema/github-id.ts";
import { type GithubFacts, mergeFacts } from "../../../../db/upserts/github/facts.ts";
import { markDetailed } from "../../../../db/upserts/github/scrape-runs.ts";
import { storeGithubFacts } from "../../../../db/upserts/github/store.ts";
import type { TurnApi } from "../rest/api.ts";
import type { Items } from "../rest/items.ts";
import { GithubRefusal } from "../rest/refusal.ts";
import { readJobs, readOneRun } from "../rest/run.ts";
import { askForRepository, unlessGone } from "./gone.ts";
import { repoIdOf, type Step } from "./page.ts";

/** A turn takes so many runs at most, and begins no further one after so long. */
const RUNS_A_TURN = 25;
const TURN_MS = 5_000;
/** Who may not read the jobs of one run may not read those of others either. */
const NO_RIGHTS = [401, 403];

type Details = Items<Partial<GithubFacts>>;

/** Steps 6 and 7: earlier attempts and jobs of a few runs, newest first; without any left the scrape is done. */
export const readDetails: Step = async (scrape, { api, db }) => {
  const runs = await runsToDetail(db, scrape.scrapeId, RUNS_A_TURN);
  if (runs.length === 0) return { write: async () => ({ state: "done" }) };
  const { details, read, whole, refusal } = await readInTurn(scrape, runs, api);
  const facts = mergeFacts(details.items);
  return {
    refusal,
    async write(tx) {
      await storeGithubFacts(tx, facts);
      await markDetailed(tx, scrape, { read, whole });
      return { counts: { attempts: facts.attempts.length, jobs: facts.jobs.length }, skipped: details.skipped };
    },
  };
};

/** Reads one run after the other; what was read before a refusal that may pass counts. */
async function readInTurn(scrape: Scrape, runs: readonly RunToDetail[], api: TurnApi) {
  const end = performance.now() + TURN_MS;
  const details: Details = { items: [], skipped: [] };
  const read: GithubId[] = [];
  const whole: GithubId[] = [];
  let refusal: GithubRefusal | undefined;
  let isAnyGone = false;
  for (const run of runs) {
    if (performance.now() > end) break;
    try {
      const { parts, isGone } = await readRun(scrape, run, api);
      details.items.push(...parts.flatMap(({ items }) => items));
      const skipped = parts.flatMap((part) => part.skipped);
      details.skipped.push(...skipped);
      isAnyGone ||= isGone;
      if (skipped.length === 0) whole.push(run.runId);
    } catch (error) {
      if (!(error instanceof GithubRefusal)) throw error;
      if (!costsOneRun(error)) {
        refusal = error;
        break;
      }
      details.skipped.push({ kind: "details of run", id: String(run.runId), reason: error.message });
    }
    read.push(run.runId);
  }
  if (refusal !== undefined && read.length === 0) throw refusal;
  if (isAnyGone) await askForRepository(scrape, api);
  return { details, read, whole, refusal };
}

/** Whether asking for another run may be of use. */
function costsOneRun({ why, status = 0 }: GithubRefusal): boolean {
  return why.is === "refused" && status >= 400 && !NO_RIGHTS.includes(status);
}

async function readRun(scrape: Scrape, { runId, attempt }: RunToDetail, api: TurnApi) {
  const repoId = repoIdOf(scrape);
  const path = `/repos/${scrape.repo}/actions/runs/${runId}`;
  const parts: Details[] = [];
  let isGone = false;
  const keep = (part: Details | undefined) => {
    if (part === undefined) isGone = true;
    else parts.push(part);
  };
  for (let earlier = 1; earlier < attempt; earlier += 1)
    keep(await unlessGone(readOneRun(`${path}/attempts/${earlier}`, repoId, api)));
  if (scrape.jobs) keep(await unlessGone(readJobs(`${path}/jobs?filter=all&per_page=100`, repoId, api)));
  return { parts, isGone };
}
