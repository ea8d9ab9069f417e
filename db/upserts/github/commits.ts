import { sql } from "drizzle-orm";
import type { Database } from "../../client.ts";
import { inStatements, insertFrom } from "../../recordset.ts";
import { branchCommits, type CommitDetails, commits } from "../../schema/index.ts";
import type { BranchCommitFact, CommitFact } from "./facts.ts";
import { newest } from "./newest.ts";

/** The origin of commits that the commit list told of. */
const LISTED = 1;

const COLUMNS = [
  "repoId",
  "sha",
  "author",
  "authorUrl",
  "message",
  "time",
  "forced",
  "origin",
  "arrival",
  "details",
] as const;

/**
 * Writes commits. A push overrules the commit list, which overrules a run's summary; a later push rewrites an earlier
 * one, and `forced` stays true once any push of the commit was forced (contract section 3).
 */
export async function upsertCommits(tx: Database, facts: readonly CommitFact[]): Promise<void> {
  const forced = new Set(facts.filter((fact) => fact.forced).map(commitKey));
  const details = mergeDetails(facts);
  // A run's summary only fills a gap, so of several the first counts.
  const ordered = [...facts.filter(isSummary).reverse(), ...facts.filter((fact) => !isSummary(fact))];
  const rank = (fact: CommitFact) => [fact.origin, isSummary(fact) ? "" : fact.arrival];
  const rows = newest(ordered, commitKey, rank).map((fact) => ({
    ...fact,
    forced: forced.has(commitKey(fact)) ? true : fact.forced,
    details: details.get(commitKey(fact)) ?? {},
  }));
  const told = sql`excluded.origin > 0 and (excluded.origin, excluded.arrival) >= (${commits.origin}, ${commits.arrival})`;
  const pick = (column: "author" | "author_url" | "message" | "time" | "origin" | "arrival") => {
    const name = sql.identifier(column);
    return sql`${name} = case when ${told} then excluded.${name} else ${commits}.${name} end`;
  };
  for (const part of inStatements(rows)) {
    await tx.execute(sql`
      ${insertFrom(commits, COLUMNS, part)}
      on conflict (repo_id, sha) do update set
        ${pick("author")}, ${pick("author_url")}, ${pick("message")}, ${pick("time")}, ${pick("origin")}, ${pick("arrival")},
        forced = case when excluded.forced is null then ${commits.forced} else coalesce(${commits.forced}, false) or excluded.forced end,
        details = case when excluded.origin = ${LISTED} then ${commits.details} || excluded.details
          else excluded.details || ${commits.details} end
      where excluded.origin > 0 or not ${commits.details} @> excluded.details`);
  }
}

/** A commit never changes, so details of several tellers complete each other; the commit list, which tells most, goes last. */
function mergeDetails(facts: readonly CommitFact[]): Map<string, CommitDetails> {
  const merged = new Map<string, CommitDetails>();
  const listedLast = [...facts].sort((a, b) => Number(a.origin === LISTED) - Number(b.origin === LISTED));
  for (const fact of listedLast) {
    const key = commitKey(fact);
    merged.set(key, { ...merged.get(key), ...fact.details });
  }
  return merged;
}

/** Notes which commits belong to which branch. */
export async function upsertBranchCommits(tx: Database, facts: readonly BranchCommitFact[]): Promise<void> {
  const rows = newest(
    facts,
    (fact) => `${fact.repoId} ${fact.branch} ${fact.sha}`,
    () => [],
  );
  for (const part of inStatements(rows)) {
    await tx.execute(sql`${insertFrom(branchCommits, ["repoId", "branch", "sha"], part)} on conflict do nothing`);
  }
}

function commitKey({ repoId, sha }: Pick<CommitFact, "repoId" | "sha">): string {
  return `${repoId} ${sha}`;
}

function isSummary({ origin }: CommitFact): boolean {
  return origin === 0;
}
