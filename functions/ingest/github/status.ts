/** A status as rows keep it: where GitHub names none, a conclusion means completed, and anything else that it has not begun. */
export function statusOrDefault(status: string | null | undefined, conclusion: string | null | undefined): string {
  return status ?? (conclusion ? "completed" : "pending");
}

const RANKS: Record<string, number> = { completed: 2, in_progress: 1, queued: 0 };

/** How far a status is, counted from queued: a job waits for approval before that (contract section 4). */
export function rankOf(status: string): number {
  return RANKS[status] ?? -1;
}
