import { sql } from "drizzle-orm";
import type { Database } from "../../client.ts";
import { fromExcluded, inStatements, insertFrom } from "../../recordset.ts";
import { jobs } from "../../schema/index.ts";
import type { JobFact } from "./facts.ts";
import { newest } from "./newest.ts";

const COLUMNS = [
  "jobId",
  "runId",
  "repoId",
  "attempt",
  "name",
  "status",
  "conclusion",
  "rank",
  "createdAt",
  "startedAt",
  "endedAt",
  "os",
  "labels",
  "runnerId",
  "runnerName",
  "runnerGroup",
  "arrival",
  "snapshot",
] as const;

/** Writes snapshots of jobs; a lower rank never replaces a higher one, else the later arrival stays (section 4, Jobs). */
export async function upsertJobs(tx: Database, facts: readonly JobFact[]): Promise<void> {
  const rows = newest(
    facts,
    (fact) => String(fact.jobId),
    (fact) => [fact.rank, fact.arrival],
  );
  for (const part of inStatements(rows)) {
    await tx.execute(sql`
      ${insertFrom(jobs, COLUMNS, part)}
      on conflict (job_id) do update set ${fromExcluded(jobs, COLUMNS)}
      where (excluded.rank, excluded.arrival) >= (${jobs.rank}, ${jobs.arrival})`);
  }
}
