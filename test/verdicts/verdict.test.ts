import fc from "fast-check";
import { expect, test } from "vitest";
import { type Outcome, readConclusion, readKcidbStatus, readOutput } from "../../functions/verdicts/outcome.ts";
import { type EarlierAttempt, judge, judgeFailure } from "../../functions/verdicts/verdict.ts";

const outcome = fc.constantFrom<Outcome | undefined>("pass", "fail", "skip", "error", "missing", undefined);

/** docs/verdicts.md, read as a count of each outcome. */
function modelVerdict(outcomes: readonly (Outcome | undefined)[]): string | undefined {
  const n = (wanted: Outcome) => outcomes.reduce((total, one) => total + Number(one === wanted), 0);
  if (n("fail") > 0) return n("pass") > 0 ? "flaky" : "fail";
  if (n("pass") > 0) return "pass";
  if (n("error") > 0) return "error";
  if (n("missing") > 0) return "missing";
  return n("skip") > 0 ? "skip" : undefined;
}

test("a verdict is the model's, in any order of arrival", () => {
  fc.assert(
    fc.property(
      fc
        .array(outcome, { maxLength: 8 })
        .chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
      ([sent, arrived]) => {
        expect(judge(arrived)).toBe(modelVerdict(sent));
      },
    ),
  );
});

/** Walks back commit by commit, as a person would. */
function modelStanding(commits: readonly (readonly (Outcome | undefined)[])[]): string {
  for (const outcomes of commits) {
    const hasPassed = outcomes.includes("pass");
    const hasFailed = outcomes.includes("fail");
    if (hasPassed || hasFailed) return hasFailed ? "known" : "new";
  }
  return "first_seen";
}

test("a failure stands as the model says, in any order of the attempts of a commit", () => {
  const history = fc.array(fc.array(outcome, { maxLength: 4 }), { maxLength: 8 });
  fc.assert(
    fc.property(history, fc.infiniteStream(fc.nat()), (commits, turns) => {
      const earlier: EarlierAttempt[] = commits.flatMap((outcomes, nth) => {
        const turned = outcomes.map((one) => ({ one, turn: turns.next().value }));
        return turned.sort((a, b) => a.turn - b.turn).map(({ one }) => ({ commit: `commit ${nth}`, outcome: one }));
      });
      expect(judgeFailure(earlier)).toBe(modelStanding(commits));
    }),
  );
});

test("infrastructure is to blame for a failure that no runner took up, a start that failed and a cancelled job", () => {
  expect(readConclusion("failure", false)).toBe("error");
  expect(readConclusion("startup_failure", false)).toBe("error");
  expect(readConclusion("cancelled", true)).toBe("error");
  expect(readConclusion("failure", true)).toBe("fail");
  expect(readConclusion("timed_out", true)).toBe("fail");
});

test("what has not ended, or says nothing of success, has no outcome", () => {
  expect(readConclusion(null, true)).toBeUndefined();
  expect(readConclusion("action_required", false)).toBeUndefined();
  expect(readKcidbStatus("DONE")).toBeUndefined();
  expect(readKcidbStatus(null)).toBeUndefined();
  expect(readOutput({ isPending: false, isRunning: true, isFailed: true })).toBeUndefined();
});

test("KCIDB's errors and misses are not failures", () => {
  expect(["PASS", "FAIL", "SKIP", "ERROR", "MISS"].map(readKcidbStatus)).toEqual([
    "pass",
    "fail",
    "skip",
    "error",
    "missing",
  ]);
});
