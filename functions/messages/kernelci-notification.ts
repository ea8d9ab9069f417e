import * as z from "zod";

/** The jobs that notify by themselves (KernelCI contract part 09, cron). */
export const NOTIFICATION_JOBS = [
  "new_issues",
  "summary_microsoft",
  "summary_maestro",
  "hardware_summary",
  "metrics_summary",
] as const;
export type NotificationJob = (typeof NOTIFICATION_JOBS)[number];

/** Body of the messages that do a job of one slot (kind `notification`), version 1; `after`: the last part that is done. */
export const NotificationMessage = z.strictObject({
  v: z.literal(1),
  job: z.enum(NOTIFICATION_JOBS),
  slot: z.iso.datetime(),
  after: z.string().nullable(),
});
export type NotificationMessage = z.infer<typeof NotificationMessage>;
