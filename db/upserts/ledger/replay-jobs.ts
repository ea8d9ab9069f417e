import { and, eq, sql } from "drizzle-orm";
import type { Database } from "../../client.ts";
import { replayJobs } from "../../schema/index.ts";

/** Makes the row of a replay job, unless there is one. */
export async function insertReplayJob(
  db: Database,
  row: Pick<typeof replayJobs.$inferInsert, "jobId" | "filter" | "expected">,
): Promise<void> {
  await db.insert(replayJobs).values(row).onConflictDoNothing();
}

/** What one page of a replay job came to; `done` when it was the last. */
export type ReplayPage = { cursor: string | null; replayed: number; skipped: number; done: boolean };

/** Moves a job on from the cursor its worker read; false when another worker was faster. */
export async function advanceReplayJob(
  db: Database,
  job: { jobId: string; cursor: string | null },
  { cursor, replayed, skipped, done }: ReplayPage,
): Promise<boolean> {
  const moved = await db
    .update(replayJobs)
    .set({
      cursor: cursor ?? job.cursor,
      replayed: sql`${replayJobs.replayed} + ${replayed}`,
      skipped: sql`${replayJobs.skipped} + ${skipped}`,
      ...(done ? { state: "done" as const, finishedAt: sql`now()` } : {}),
    })
    .where(
      and(
        eq(replayJobs.jobId, job.jobId),
        eq(replayJobs.state, "running"),
        sql`${replayJobs.cursor} is not distinct from ${job.cursor}::uuid`,
      ),
    )
    .returning({ jobId: replayJobs.jobId });
  return moved.length > 0;
}
