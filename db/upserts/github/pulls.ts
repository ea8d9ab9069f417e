import { sql } from "drizzle-orm";
import type { Database } from "../../client.ts";
import { fromExcluded, inStatements, insertFrom } from "../../recordset.ts";
import { pulls } from "../../schema/index.ts";
import type { PullFact } from "./facts.ts";
import { newest } from "./newest.ts";

const COLUMNS = [
  "repoId",
  "number",
  "title",
  "state",
  "merged",
  "author",
  "headRef",
  "headSha",
  "baseRef",
  "mergedAt",
  "closedAt",
  "updatedAt",
  "arrival",
] as const;

/** Writes pull requests by number; the newer `updated_at` wins (contract section 4). */
export async function upsertPulls(tx: Database, facts: readonly PullFact[]): Promise<void> {
  const rows = newest(
    facts,
    (fact) => `${fact.repoId} ${fact.number}`,
    (fact) => [fact.updatedAt, fact.arrival],
  );
  for (const part of inStatements(rows)) {
    await tx.execute(sql`
      ${insertFrom(pulls, COLUMNS, part)}
      on conflict (repo_id, number) do update set ${fromExcluded(pulls, COLUMNS)}
      where (excluded.updated_at, excluded.arrival) >= (${pulls.updatedAt}, ${pulls.arrival})`);
  }
}
