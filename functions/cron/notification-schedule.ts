import { NOTIFICATION_JOBS, type NotificationJob } from "../messages/kernelci-notification.ts";

/** When a job is due, in UTC: at a minute of every hour, of an hour of every day, or of one weekday (0 is Sunday). */
type Times = { minute: number; hour?: number; weekday?: number };

/** The original's table (KernelCI contract part 09, cron). */
const SCHEDULE: Readonly<Record<NotificationJob, Times>> = {
  new_issues: { minute: 59 },
  summary_microsoft: { hour: 14, minute: 30 },
  summary_maestro: { hour: 2, minute: 30 },
  hardware_summary: { weekday: 1, hour: 3, minute: 33 },
  metrics_summary: { weekday: 6, hour: 0, minute: 0 },
};

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A time at which a job is due. */
export type Slot = { job: NotificationJob; slot: string };

/** The latest time at which each job was due, as of a moment. */
export function latestSlots(now: Date): Slot[] {
  return NOTIFICATION_JOBS.map((job) => ({ job, slot: latest(SCHEDULE[job], now.getTime()).toISOString() }));
}

function latest({ minute, hour, weekday }: Times, nowMs: number): Date {
  const periodMs = hour === undefined ? HOUR_MS : weekday === undefined ? DAY_MS : 7 * DAY_MS;
  // 1970 began on a Thursday.
  const offsetMs = minute * 60_000 + (hour ?? 0) * HOUR_MS + (weekday === undefined ? 0 : ((weekday + 3) % 7) * DAY_MS);
  return new Date(Math.floor((nowMs - offsetMs) / periodMs) * periodMs + offsetMs);
}
