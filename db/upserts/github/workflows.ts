import { sql } from "drizzle-orm";
import type { Database } from "../../client.ts";
import { fromExcluded, inStatements, insertFrom } from "../../recordset.ts";
import { workflowNames, workflows } from "../../schema/index.ts";
import type { WorkflowFact } from "./facts.ts";
import { newest } from "./newest.ts";

const COLUMNS = ["workflowId", "repoId", "name", "path", "state", "url", "updatedAt", "arrival", "snapshot"] as const;

/** Writes workflows by id; the newer `updated_at` wins (contract section 4). */
export async function upsertWorkflows(tx: Database, facts: readonly WorkflowFact[]): Promise<void> {
  const rows = newest(
    facts,
    (fact) => String(fact.workflowId),
    (fact) => [fact.updatedAt, fact.arrival],
  );
  for (const part of inStatements(rows)) {
    await tx.execute(sql`
      ${insertFrom(workflows, COLUMNS, part)}
      on conflict (workflow_id) do update set ${fromExcluded(workflows, COLUMNS)}
      where (excluded.updated_at, excluded.arrival) >= (${workflows.updatedAt}, ${workflows.arrival})`);
  }
  const names = newest(
    facts,
    (fact) => `${fact.workflowId} ${fact.name}`,
    () => [],
  );
  for (const part of inStatements(names))
    await tx.execute(sql`${insertFrom(workflowNames, ["workflowId", "name"], part)} on conflict do nothing`);
}
