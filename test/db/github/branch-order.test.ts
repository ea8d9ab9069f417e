import fc from "fast-check";
import { expect, test } from "vitest";
import { applyBranchFact, type BranchState } from "../../../db/upserts/github/branch-order.ts";
import type { BranchFact } from "../../../db/upserts/github/facts.ts";

const sha = (n: number) => n.toString(16).padStart(40, "a");
const second = (n: number) => new Date(n * 1_000).toISOString();

/** A branch's life as GitHub tells it: each event in a second of its own. */
const history = fc
  .array(fc.constantFrom("push", "create", "delete", "delete-push"), { minLength: 1, maxLength: 6 })
  .map((kinds) =>
    kinds.map((kind, i): BranchFact => {
      const gone = kind === "delete" || kind === "delete-push";
      return {
        repoId: 1,
        name: "b",
        version: second(1_000 + i),
        arrival: `00000000-0000-7000-8000-00000000000${i}`,
        kind: gone ? "delete" : kind === "push" ? "push" : "create",
        before: kind === "push" || kind === "delete-push" ? sha(i) : null,
        after: kind === "push" ? sha(i + 1) : null,
        login: `login-${i}`,
      };
    }),
  );

function outcome(facts: readonly BranchFact[]) {
  let state: BranchState | undefined;
  for (const fact of facts) state = applyBranchFact(state, fact);
  return state && { author: state.author, headSha: state.headSha, deleted: state.deleted, version: state.version };
}

test("the row is the same in whatever order events are applied", () => {
  fc.assert(
    fc.property(
      history.chain((facts) => fc.tuple(fc.constant(facts), fc.shuffledSubarray(facts, { minLength: facts.length }))),
      ([facts, order]) => {
        expect(outcome(order)).toEqual(outcome(facts));
      },
    ),
    { numRuns: 2_000 },
  );
});

test("two pushes of one second are placed by their commits, whichever is applied first", () => {
  const first: BranchFact = {
    repoId: 1,
    name: "b",
    version: second(5),
    arrival: "2",
    kind: "push",
    before: sha(1),
    after: sha(2),
    login: "x",
  };
  const next: BranchFact = { ...first, arrival: "1", before: sha(2), after: sha(3) };
  expect(outcome([first, next])?.headSha).toBe(sha(3));
  expect(outcome([next, first])?.headSha).toBe(sha(3));
});

test("the newest create names the author, else the first push that arrived", () => {
  const push: BranchFact = {
    repoId: 1,
    name: "b",
    version: second(9),
    arrival: "2",
    kind: "push",
    before: sha(1),
    after: sha(2),
    login: "late",
  };
  expect(outcome([push, { ...push, arrival: "1", version: second(8), login: "early" }])?.author).toBe("early");
  expect(outcome([push, { ...push, kind: "create", version: second(1), after: null, login: "maker" }])?.author).toBe(
    "maker",
  );
});
