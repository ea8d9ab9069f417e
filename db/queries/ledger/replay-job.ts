import { eq } from "drizzle-orm";
import type { Database } from "../../client.ts";
import { replayJobs } from "../../schema/index.ts";

/** A replay job as its row tells it; instants are ISO 8601. */
export type ReplayJob = typeof replayJobs.$inferSelect;

/** One replay job, or undefined while the consumer has not begun it. */
export async function findReplayJob(db: Database, jobId: string): Promise<ReplayJob | undefined> {
  const [row] = await db.select().from(replayJobs).where(eq(replayJobs.jobId, jobId));
  if (row === undefined) return undefined;
  const finishedAt = row.finishedAt === null ? null : new Date(row.finishedAt).toISOString();
  return { ...row, createdAt: new Date(row.createdAt).toISOString(), finishedAt };
}
