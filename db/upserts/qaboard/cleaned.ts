import { sql } from "drizzle-orm";
import type { Database } from "../../client.ts";
import { qaboardBatches, qaboardCommits, qaboardOutputs } from "../../schema/index.ts";

/** A commit that is cleaned as long as no result of it came since `before`. */
export type Cleaned = { commitId: number; before: string };

const isStillOld = ({ commitId, before }: Cleaned) =>
  sql`(select from ${qaboardCommits} c where c.id = ${commitId} and c.latest_output_datetime < ${before}::timestamptz)`;

/** Says that the files of outputs are gone, unless a new result of the commit came meanwhile (contract section 12.4). */
export async function markOutputsCleaned(db: Database, cleaned: Cleaned, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  await db.execute(
    sql`update ${qaboardOutputs} set deleted = true
      where id = any(array(select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)::bigint))
        and exists ${isStillOld(cleaned)}`,
  );
}

/** Says that the artifacts of a commit are gone, and removes a commit that never had an output (contract section 12.4). */
export async function markArtifactsCleaned(db: Database, cleaned: Cleaned): Promise<void> {
  const { commitId } = cleaned;
  await db.execute(
    sql`with without_outputs as (
        delete from ${qaboardCommits} where id = ${commitId} and exists ${isStillOld(cleaned)} and not exists (
          select from ${qaboardBatches} b join ${qaboardOutputs} o on o.batch_id = b.id where b.ci_commit_id = ${commitId}
        ) returning id
      )
      update ${qaboardCommits} set deleted = true
      where id = ${commitId} and exists ${isStillOld(cleaned)} and not exists (select from without_outputs)`,
  );
}
