import type { BranchEvidence, BranchMark } from "../../schema/index.ts";
import type { BranchFact } from "./facts.ts";

/** What is known of a branch: its row, with the evidence that orders later events. */
export type BranchState = {
  author: string | null;
  headSha: string | null;
  deleted: boolean;
  protected: boolean;
  version: string;
  evidence: BranchEvidence;
};

/**
 * Places one event in a branch's history (contract section 4, Branches). Head, life and author are each decided by the
 * newest event that speaks of them, so the result is the same in whatever order events are applied.
 */
export function applyBranchFact(state: BranchState | undefined, fact: BranchFact): BranchState {
  const evidence = { ...state?.evidence };
  let headSha = state?.headSha ?? null;
  let deleted = state?.deleted ?? false;
  const mark: BranchMark = { version: fact.version, arrival: fact.arrival, before: fact.before, after: fact.after };
  const gone = fact.kind === "delete" || (fact.kind === "push" && isNoCommit(fact.after));

  if (isNewer(mark, evidence.life)) {
    evidence.life = mark;
    deleted = gone;
  }
  if (!gone && fact.after !== null && isNewer(mark, evidence.head)) {
    evidence.head = mark;
    headSha = fact.after;
  }
  if (fact.kind === "create") {
    const known = evidence.created;
    const later = known === undefined || fact.version + fact.arrival >= known.version + known.arrival;
    if (later) evidence.created = { version: fact.version, arrival: fact.arrival, login: fact.login };
  }
  if (fact.kind === "push" && !gone && (evidence.pushed === undefined || fact.arrival < evidence.pushed.arrival)) {
    evidence.pushed = { arrival: fact.arrival, name: fact.login };
  }
  const version = state === undefined || fact.version > state.version ? fact.version : state.version;
  const author = evidence.created?.login ?? evidence.pushed?.name ?? null;
  return { author, headSha, deleted, protected: fact.protected ?? state?.protected ?? false, version, evidence };
}

/** Version first; within one version the chain of commits decides where it can, and the order of arrival elsewhere. */
function isNewer(event: BranchMark, known: BranchMark | undefined): boolean {
  if (known === undefined) return true;
  if (event.version !== known.version) return event.version > known.version;
  if (follows(event, known)) return true;
  if (follows(known, event)) return false;
  return event.arrival >= known.arrival;
}

function follows(later: BranchMark, earlier: BranchMark): boolean {
  return later.before !== null && !isNoCommit(later.before) && later.before === earlier.after;
}

/** GitHub writes "no commit" as forty zeros. */
function isNoCommit(sha: string | null): boolean {
  return sha === null || /^0+$/.test(sha);
}
