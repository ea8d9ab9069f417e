import { sql } from "drizzle-orm";
import * as z from "zod";
import { type Database, onlyRow } from "../../client.ts";
import { isSettled } from "../../render/ledger/settled.ts";
import { deliveryCounts, submissionCounts, waiting } from "../../schema/index.ts";

const SubmissionFigures = z.object({
  origins: z.array(z.object({ origin: z.string(), total: z.number() })),
  sizeBytes: z.number(),
  settled: z.number(),
  refused: z.number(),
  dead: z.number(),
  waiting: z.number(),
});

/** Submissions stored by origin, and how many came to which end; sizes in bytes. */
export type SubmissionFigures = z.infer<typeof SubmissionFigures>;

/** The figures of the submit service, from counters kept where submissions are stored. */
export async function submissionFigures(db: Database): Promise<SubmissionFigures> {
  const total = (condition = sql`true`) =>
    sql`(select coalesce(sum(total), 0)::float8 from ${deliveryCounts} where source = 'kernelci' and ${condition})`;
  return await onlyRow(
    db,
    SubmissionFigures,
    sql`select
      (select coalesce(json_agg(o), '[]') from (
        select origin, sum(total) as total from ${submissionCounts} group by 1 order by 1) as o) as origins,
      (select coalesce(sum(size_bytes), 0)::float8 from ${submissionCounts}) as "sizeBytes",
      ${total()} as settled,
      ${total(sql`outcome = 'rejected'`)} as refused,
      ${total(sql`outcome = 'dead'`)} as dead,
      (select count(*)::integer from ${waiting} where source = 'kernelci' and not ${isSettled}) as waiting`,
  );
}
