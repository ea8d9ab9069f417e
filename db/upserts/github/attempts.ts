import { sql } from "drizzle-orm";
import type { Database } from "../../client.ts";
import { fromExcluded, inStatements, insertFrom } from "../../recordset.ts";
import { attempts } from "../../schema/index.ts";
import type { AttemptFact } from "./facts.ts";
import { newest } from "./newest.ts";

const COLUMNS = [
  "runId",
  "attempt",
  "repoId",
  "status",
  "conclusion",
  "rank",
  "createdAt",
  "runStartedAt",
  "updatedAt",
  "committedAt",
  "arrival",
  "snapshot",
] as const;

/**
 * Writes snapshots of attempts. Completed overrules everything else; between equals `updated_at`, then rank, then
 * arrival decide (contract section 4, Runs).
 */
export async function upsertAttempts(tx: Database, facts: readonly AttemptFact[]): Promise<void> {
  const rows = newest(
    facts,
    (fact) => `${fact.runId} ${fact.attempt}`,
    (fact) => [fact.rank === 2 ? 1 : 0, fact.updatedAt, fact.rank, fact.arrival],
  );
  for (const part of inStatements(rows)) {
    await tx.execute(sql`
      ${insertFrom(attempts, COLUMNS, part)}
      on conflict (run_id, attempt) do update set ${fromExcluded(attempts, COLUMNS)}
      where (excluded.rank = 2, excluded.updated_at, excluded.rank, excluded.arrival)
         >= (${attempts.rank} = 2, ${attempts.updatedAt}, ${attempts.rank}, ${attempts.arrival})`);
  }
}
