import fc from "fast-check";
import { expect, test } from "vitest";
import { findGithubCommit } from "../../../db/queries/commits/github.ts";
import { mergeFacts, type RepoFact } from "../../../db/upserts/github/facts.ts";
import { storeGithubFacts } from "../../../db/upserts/github/store.ts";
import { githubPart } from "../../../functions/edge/pages/commit/github.ts";
import { factsOfJob, Job } from "../../../functions/ingest/github/workflow-job.ts";
import { factsOfRun, Run } from "../../../functions/ingest/github/workflow-run.ts";
import { newReceiptId } from "../../../functions/messages/receipt-id.ts";
import { scratchDatabase } from "../../support/scratch-database.ts";

const scratch = scratchDatabase();

const Conclusion = fc.constantFrom("success", "failure", "timed_out", "cancelled", "skipped", "unserved");
const MadeRun = fc.record({
  workflow: fc.constantFrom(1, 2),
  /** What the one job of each attempt came to; `unserved` is a failure that no runner took up. */
  attempts: fc.array(Conclusion, { minLength: 1, maxLength: 2 }),
});
type MadeRun = typeof MadeRun extends fc.Arbitrary<infer T> ? T : never;

/** Runs by commit of one branch, oldest commit first. */
const History = fc.array(fc.array(MadeRun, { maxLength: 3 }), { minLength: 1, maxLength: 5 });

const ends = (commit: readonly MadeRun[], workflow: number) =>
  commit.filter((run) => run.workflow === workflow).flatMap(({ attempts }) => attempts);
const hasPassed = (all: readonly string[]) => all.includes("success");
const hasFailed = (all: readonly string[]) => all.includes("failure") || all.includes("timed_out");

/** docs/verdicts.md, read by somebody who knows the whole history. */
function model(history: readonly (readonly MadeRun[])[], workflow: number): [string, string | null] | undefined {
  const own = ends(history.at(-1) ?? [], workflow);
  if (own.length === 0) return undefined;
  if (hasPassed(own)) return [hasFailed(own) ? "flaky" : "pass", null];
  if (!hasFailed(own)) return [own.includes("cancelled") || own.includes("unserved") ? "error" : "skip", null];
  const decisive = history
    .slice(0, -1)
    .map((commit) => ends(commit, workflow))
    .filter((all) => hasPassed(all) || hasFailed(all))
    .at(-1);
  if (decisive === undefined) return ["fail", "first_seen"];
  return ["fail", hasFailed(decisive) ? "known" : "new"];
}

let lastRepo = 7_000;
const shaOf = (repoId: number, commit: number) => `${repoId}${commit}`.padEnd(40, "c");
const day = (commit: number) => `2026-01-0${commit + 1}T00:00:00Z`;

/** Everything GitHub would send of a history, a list entry a delivery. */
function deliveriesOf(repoId: number, history: readonly (readonly MadeRun[])[]) {
  const arrival = newReceiptId();
  return history.flatMap((runs, commit) =>
    runs.flatMap(({ workflow, attempts }, nth) =>
      attempts.flatMap((end, index) => {
        const id = repoId * 1_000 + commit * 10 + nth;
        const conclusion = end === "unserved" ? "failure" : end;
        const state = { status: "completed", conclusion, created_at: day(commit), updated_at: day(commit) };
        const sha = shaOf(repoId, commit);
        const run = {
          ...state,
          id,
          run_attempt: index + 1,
          name: `W${workflow}`,
          workflow_id: repoId * 10 + workflow,
          head_branch: "main",
          head_sha: sha,
          event: "push",
          head_repository: { id: repoId },
          head_commit: { id: sha, message: "m", timestamp: day(commit), author: { name: "Octavia" } },
        };
        const job = {
          ...state,
          id: id * 10 + index,
          run_id: id,
          run_attempt: index + 1,
          name: "build",
          started_at: day(commit),
          completed_at: day(commit),
          runner_id: end === "unserved" ? 0 : 7,
        };
        return [factsOfRun(Run.parse(run), run, repoId, arrival), factsOfJob(Job.parse(job), job, repoId, arrival)];
      }),
    ),
  );
}

test("verdicts of the newest commit are the model's, in any order of arrival", { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(History, fc.infiniteStream(fc.nat()), async (history, turns) => {
      lastRepo += 1;
      const repoId = lastRepo;
      const name = `made/r${repoId}`;
      const updated = { updatedAt: day(8), arrival: newReceiptId(), snapshot: {} };
      const flags = { private: false, archived: false, deleted: false, authoritative: true };
      const repo: RepoFact = { repoId, name, names: [name], defaultBranch: "main", ...flags, ...updated };
      const sent = deliveriesOf(repoId, history).map((facts) => ({ facts, turn: turns.next().value }));
      const arrived = [{ repos: [repo] }, ...sent.sort((a, b) => a.turn - b.turn).map(({ facts }) => facts)];
      const half = Math.ceil(arrived.length / 2);
      for (const part of [arrived.slice(0, half), arrived.slice(half)])
        await scratch().db.transaction((tx) => storeGithubFacts(tx, mergeFacts(part)));

      const found = await findGithubCommit(scratch().db, shaOf(repoId, history.length - 1));
      const part = githubPart(found);
      const jobs = part.access === "granted" ? part.jobs : [];
      for (const workflow of [1, 2]) {
        const job = jobs.find(({ environment }) => environment.includes(`, W${workflow},`));
        expect(job && [job.verdict, job.standing]).toEqual(model(history, workflow));
      }
    }),
    { numRuns: 60 },
  );
});
