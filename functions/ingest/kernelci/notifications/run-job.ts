import { findDoneSlot, storeDoneSlot } from "../../../../db/upserts/kernelci/notification-slots.ts";
import { type NotificationJob, NotificationMessage } from "../../../messages/kernelci-notification.ts";
import { OUTBOX_TASK } from "../../../messages/outbox.ts";
import { newReceiptId } from "../../../messages/receipt-id.ts";
import { packTask, taskBody } from "../../../messages/task-message.ts";
import type { Delivery } from "../../delivery.ts";
import { isPartAway } from "../../faults.ts";
import { log } from "../../log.ts";
import { storableJson, textOf } from "../../parse-body.ts";
import { parsed } from "../../parsed.ts";
import type { Resources } from "../../resources.ts";
import { sendOn } from "../../send-on.ts";
import type { Task } from "../../tasks.ts";
import { pingHealthCheck } from "./health-check.ts";
import { type Asked, listParts, sendReports } from "./perform.ts";
import { type ActionName, NO_REQUEST, type Report, type Request } from "./report.ts";
import type { NotificationSettings } from "./settings.ts";

/** After so long no further part is begun; a message goes on with the others. */
const TURN_MS = 20_000;
const HOUR_MS = 3_600_000;
/** How far back an issue may be new, after a time without jobs. */
const MAX_HOURS = 7 * 24;

/** What each job asks for (contract part 09, cron). */
const JOB: Readonly<
  Record<NotificationJob, { action: ActionName; request: (settings: NotificationSettings) => Partial<Request> }>
> = {
  new_issues: { action: "new_issues", request: ({ KERNELCI_MAIL_RESULTS: list }) => ({ to: [list] }) },
  summary_microsoft: { action: "summary", request: () => ({ origins: ["microsoft"], updateStorage: true }) },
  summary_maestro: {
    action: "summary",
    request: () => ({ origins: ["maestro"], updateStorage: true, addMailingLists: true }),
  },
  hardware_summary: { action: "hardware_summary", request: () => ({}) },
  metrics_summary: { action: "metrics_summary", request: ({ KERNELCI_MAIL_RESULTS: list }) => ({ to: [list] }) },
};

/**
 * Does a job of the schedule for one slot, part by part. Each part's mails are written in one transaction, under keys of the
 * slot: however often and by how many consumers it is done, each mail is there once.
 */
export const runNotificationJob: Task = async (delivery, resources) => {
  const message = parsed(NotificationMessage, storableJson(textOf(delivery.body)));
  const { job, slot } = message;
  const done = await findDoneSlot(resources.db, job);
  if (done === null || Date.parse(done) < Date.parse(slot)) await runSlot(delivery, message, resources, done);
  // Also when it was all done before: whoever did it may have died before this.
  await announceOutbox(resources, delivery.envelope.trace);
};

/** Does what there is time for; a message goes on with the rest. The health check hears of the beginning and of the end. */
async function runSlot(delivery: Delivery, message: NotificationMessage, resources: Resources, done: string | null) {
  const { job, slot } = message;
  const ping = (state: "start" | "success" | "fail") => pingHealthCheck(resources.config, job, state);
  if (message.after === null) await ping("start");
  try {
    const after = await sendParts(message, resources, done);
    if (after !== undefined) return await sendOn(delivery, resources, { body: taskBody({ ...message, after }) });
    await storeDoneSlot(resources.db, job, slot);
    await ping("success");
  } catch (error) {
    await ping("fail");
    throw error;
  }
}

/** Sends what is due; the last part that is done when there is no time for the others. Throws when a part failed. */
async function sendParts(
  { job, slot, after }: NotificationMessage,
  { config: settings, db }: Resources,
  done: string | null,
): Promise<string | undefined> {
  const { action, request } = JOB[job];
  const hours = done === null ? 1 : Math.min(MAX_HOURS, Math.max(1, (Date.now() - Date.parse(done)) / HOUR_MS));
  const asked: Asked = { action, request: { ...NO_REQUEST, hours, ...request(settings) }, settings };
  const keyOf = ({ id }: Report) => `kernelci/${job}/${slot}/${id}`;
  const end = performance.now() + TURN_MS;
  const parts = await listParts(db, asked);
  const failures: unknown[] = [];
  for (const part of parts.slice(after === null ? 0 : parts.indexOf(after) + 1)) {
    try {
      for (const { report, queued } of await sendReports(db, part, asked, { keyOf }))
        log("report", { job, slot, report: report.id, queued });
    } catch (error) {
      if (isPartAway(error)) throw error;
      failures.push(error);
    }
    if (performance.now() > end && part !== parts.at(-1) && failures.length === 0) return part;
  }
  if (failures.length > 0) throw failures[0];
  return undefined;
}

/** Has the mails sent that the job has put into the outbox. */
async function announceOutbox({ queue, objects }: Resources, trace: string): Promise<void> {
  await queue.send(await packTask({ ...OUTBOX_TASK, id: newReceiptId(), source: "kernelci", trace }, objects));
}
