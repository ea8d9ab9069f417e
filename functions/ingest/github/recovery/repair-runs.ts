import { type StaleRun, staleRuns } from "../../../../db/queries/github/stale-runs.ts";
import { mergeFacts } from "../../../../db/upserts/github/facts.ts";
import { upsertRunRepair } from "../../../../db/upserts/github/run-repairs.ts";
import { storeGithubFacts } from "../../../../db/upserts/github/store.ts";
import type { RecoveryMessage } from "../../../messages/github-recovery.ts";
import type { Config } from "../../config.ts";
import { log } from "../../log.ts";
import type { Resources } from "../../resources.ts";
import { type GithubAccess, repositoryPath } from "../rest/access.ts";
import type { GithubApi } from "../rest/api.ts";
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
    log("run asked for", { repo: run.repo, runId: String(run.runId), gone });
  }
  return stale.length === 0 ? [] : [{ v: 1, job: "runs", tries: 0 }];
}

/** A run and its jobs. Throws GithubRefusal when GitHub can't be asked for now. */
async function askFor(stale: StaleRun, github: GithubAccess) {
  try {
    const paths = isName(stale.repo)
      ? [repositoryPath(stale.repo), repositoryPath(stale.repoId)]
      : [repositoryPath(stale.repoId)];
    const api = await github.forRepository(stale.repoId);
    for (const path of paths) {
      const items = await unlessAbsent(readRun(path, stale, api));
      if (items !== undefined) return { items, gone: false };
    }
    // A repository that may no longer be seen answers 404 to everything: its runs are not gone for that.
    return { items: [], gone: (await unlessAbsent(api.get(repositoryPath(stale.repoId)))) !== undefined };
  } catch (error) {
    if (!(error instanceof GithubRefusal) || error.why.is === "limited" || error.why.is === "fault") throw error;
    // One repository that can't be asked must not hold up the others.
    log("run not asked for", { repo: stale.repo, runId: String(stale.runId), reason: error.message });
    return { items: [], gone: false };
  }
}

async function readRun(repository: string, { runId, repoId }: StaleRun, api: GithubApi) {
  const path = `${repository}/actions/runs/${runId}`;
  const run = await readOneRun(path, repoId, api);
  if (run.items.length === 0) return [];
  const jobs = await unlessAbsent(readJobs(`${path}/jobs?filter=all&per_page=100`, repoId, api));
  return [...run.items, ...(jobs?.items ?? [])];
}

/** Whether a repository has a name at present, and none that another one took. */
const isName = (repo: string) => !repo.includes("~");

/** What GitHub says it does not have is undefined. */
async function unlessAbsent<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof GithubRefusal && error.why.is === "absent") return undefined;
    throw error;
  }
}
