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
 * one order, then table by table. At most a dozen statements, however many deliveries. What many deliveries share comes
 * last, so that parallel transactions wait for each other but shortly.
 */
export async function storeGithubFacts(tx: Database, facts: GithubFacts): Promise<void> {
  const runIds = [...facts.attempts, ...facts.jobs].map(({ runId }) => runId);
  await lockParents(tx, [...runIds.map(runLock), ...facts.branches.map(branchLock)]);
  await upsertAttempts(tx, facts.attempts);
  await upsertJobs(tx, facts.jobs);
  await upsertPulls(tx, facts.pulls);
  await upsertBranches(tx, facts.branches);
  await upsertBranchCommits(tx, facts.branchCommits);
  await upsertRepos(tx, facts.repos);
  await recomputeRuns(tx, runIds);
  await upsertCommits(tx, facts.commits);
  await upsertWorkflows(tx, facts.workflows);
}
