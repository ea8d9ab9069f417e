import type { Outcome } from "./outcome.ts";

/** What all attempts and repeats of one (test or job, environment, commit) come to together; docs/verdicts.md is the rule. */
export type Verdict = Outcome | "flaky";

/** How a failure stands beside the nearest earlier commit of the branch that has a result of the same series. */
export type Standing = "new" | "known" | "first_seen";

/** Decided by the first outcome that is there; the order of the attempts never counts. */
const PRECEDENCE: readonly Outcome[] = ["fail", "pass", "error", "missing", "skip"];

/** The verdict over the outcomes of one series on one commit; undefined when nothing has ended. */
export function judge(outcomes: readonly (Outcome | undefined)[]): Verdict | undefined {
  const seen = new Set(outcomes);
  if (seen.has("pass") && seen.has("fail")) return "flaky";
  return PRECEDENCE.find((outcome) => seen.has(outcome));
}

/** One attempt of a series on an earlier commit. */
export type EarlierAttempt = { commit: string; outcome: Outcome | undefined };

/** How a failure stands; `earlier` has all attempts of the series on earlier commits of the branch, nearest commit first. */
export function judgeFailure(earlier: readonly EarlierAttempt[]): Standing {
  const byCommit = Map.groupBy(earlier, ({ commit }) => commit);
  for (const attempts of byCommit.values()) {
    const verdict = judge(attempts.map(({ outcome }) => outcome));
    if (verdict === "pass") return "new";
    if (verdict === "fail" || verdict === "flaky") return "known";
  }
  return "first_seen";
}
