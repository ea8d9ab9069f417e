import type { Database } from "../../client.ts";
import { lockParents } from "../../locks.ts";
import { upsertAttempts } from "./attempts.ts";
import { branchLock, upsertBranches } from "./branches.ts";
import { upsertBranchCommits, upsertCommits } from "./commits.ts";
import type { GithubFacts } from "./facts.ts";
import { upsertJobs } from "./jobs.ts";
import { upsertPulls } from "./pulls.ts";
import { upsertRepos } from "./repos.ts";
import { recomputeRuns, runLock } from "./runs.ts";
import { upsertWorkflows } from "./workflows.ts";

/**
 * Writes everything a batch of deliveries (or a scraped page) says, inside the caller's transaction: locks first, in
 * one order, then table by table, then what is derived. At most a dozen statements, however many deliveries.
 */
export async function storeGithubFacts(tx: Database, facts: GithubFacts): Promise<void> {
  const runIds = [...facts.attempts, ...facts.jobs].map(({ runId }) => runId);
  await lockParents(tx, [...runIds.map(runLock), ...facts.branches.map(branchLock)]);
  await upsertRepos(tx, facts.repos);
  await upsertBranches(tx, facts.branches);
  await upsertCommits(tx, facts.commits);
  await upsertBranchCommits(tx, facts.branchCommits);
  await upsertWorkflows(tx, facts.workflows);
  await upsertAttempts(tx, facts.attempts);
  await upsertJobs(tx, facts.jobs);
  await upsertPulls(tx, facts.pulls);
  await recomputeRuns(tx, runIds);
}
