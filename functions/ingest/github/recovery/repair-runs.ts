import { type StaleRun, staleRuns } from "../../../../db/queries/github/stale-runs.ts";
import { mergeFacts } from "../../../../db/upserts/github/facts.ts";
import { upsertRunRepair } from "../../../../db/upserts/github/run-repairs.ts";
import { storeGithubFacts } from "../../../../db/upserts/github/store.ts";
import type { RecoveryMessage } from "../../../messages/github-recovery.ts";
import type { Config } from "../../config.ts";
import { log } from "../../log.ts";
import type { Resources } from "../../resources.ts";
import type { GithubAccess } from "../rest/access.ts";
import { GithubRefusal } from "../rest/refusal.ts";
import { readJobs, readOneRun } from "../rest/run.ts";

/** One message asks for so many runs at most. */
const MOST_AT_ONCE = 10;
const TURN_MS = 5_000;

/** What a repair needs. */
export type RepairMeans = Pick<Resources, "db" | "github"> & { config: Pick<Config, "GITHUB_STALE_HOURS"> };

/** Asks for runs that had no news for too long, and writes what GitHub says by the rules of every other event. */
export async function repairRuns({ db, github, config }: RepairMeans): Promise<RecoveryMessage[]> {
  const end = performance.now() + TURN_MS;
  const stale = await staleRuns(db, config.GITHUB_STALE_HOURS, MOST_AT_ONCE);
  for (const run of stale) {
    if (performance.now() > end) break;
    const { items, gone } = await askFor(run, github);
    await db.transaction(async (tx) => {
      await storeGithubFacts(tx, mergeFacts(items));
      await upsertRunRepair(tx, run.runId, gone);
    });
    log("run asked for", { repo: run.repo, runId: run.runId, gone });
  }
  return stale.length === 0 ? [] : [{ v: 1, job: "runs", tries: 0 }];
}

/** A run and its jobs. Throws GithubRefusal when GitHub can't be asked for now. */
async function askFor({ runId, repoId, repo }: StaleRun, github: GithubAccess) {
  const path = `/repos/${repo}/actions/runs/${runId}`;
  try {
    const api = await github.forRepository(repo);
    const run = await readOneRun(path, repoId, api);
    if (run.items.length === 0) return { items: [], gone: run.skipped === 0 };
    const jobs = await readJobs(`${path}/jobs?filter=all&per_page=100`, repoId, api);
    return { items: [...run.items, ...jobs.items], gone: false };
  } catch (error) {
    if (!(error instanceof GithubRefusal) || error.why.is === "limited" || error.why.is === "fault") throw error;
    // One repository that can't be asked must not hold up the others.
    log("run not asked for", { repo, runId, reason: error.message });
    return { items: [], gone: false };
  }
}
