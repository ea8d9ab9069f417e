import { sql } from "drizzle-orm";
import type { Database } from "../../client.ts";
import { fromExcluded, insertFrom } from "../../recordset.ts";
import { branches } from "../../schema/index.ts";
import { applyBranchFact, type BranchState } from "./branch-order.ts";
import type { BranchFact } from "./facts.ts";

const COLUMNS = ["repoId", "name", "author", "headSha", "deleted", "protected", "version", "evidence"] as const;

/** The lock a transaction must hold before it writes a branch. */
export const branchLock = ({ repoId, name }: Pick<BranchFact, "repoId" | "name">) => `github branch ${repoId} ${name}`;

/** Writes what events say of branches; the caller holds `branchLock` of each. Two statements. */
export async function upsertBranches(tx: Database, facts: readonly BranchFact[]): Promise<void> {
  if (facts.length === 0) return;
  const states = await knownBranches(tx, facts);
  const touched = new Map<string, BranchFact>();
  for (const fact of [...facts].sort((a, b) => (a.arrival < b.arrival ? -1 : 1))) {
    const key = branchLock(fact);
    states.set(key, applyBranchFact(states.get(key), fact));
    touched.set(key, fact);
  }
  const rows = [...touched]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([key, { repoId, name }]) => {
      const state = states.get(key);
      return state === undefined ? [] : [{ repoId, name, ...state }];
    });
  await tx.execute(sql`
    ${insertFrom(branches, COLUMNS, rows)}
    on conflict (repo_id, name) do update set ${fromExcluded(branches, COLUMNS)}`);
}

async function knownBranches(tx: Database, facts: readonly BranchFact[]): Promise<Map<string, BranchState>> {
  const wanted = JSON.stringify(facts.map(({ repoId, name }) => ({ repoId: String(repoId), name })));
  const rows = await tx
    .select()
    .from(branches)
    .where(
      sql`(repo_id, name) in (select "repoId", name from jsonb_to_recordset(${wanted}::jsonb) as given("repoId" bigint, name text))`,
    );
  return new Map(rows.map((row) => [branchLock(row), { ...row, version: isoInstant(row.version) }]));
}

/** Postgres writes `2025-03-20 10:00:00+00`; instants are compared as ISO texts. */
function isoInstant(text: string): string {
  return new Date(text).toISOString();
}
