import { forgetChatMessages } from "../../db/upserts/kernelci/chat-messages.ts";
import { beginCleaning } from "../cron/clean-qaboard.ts";
import { tidyLedger } from "../cron/queue-watch.ts";
import { beginRecovery } from "../cron/recover-github.ts";
import { startNotifications } from "../cron/start-notifications.ts";
import { sweepOutbox } from "../cron/sweep-outbox.ts";
import { wakeScrapes } from "../cron/wake-scrapes.ts";
import type { Services } from "./env.ts";

/**
 * What runs every hour, by Cloudflare's cron trigger or by the clock of the self-host mode. All at once, so that a
 * database that sleeps while nobody asks is woken once an hour. A job that fails keeps no other from running.
 */
export async function runScheduled({ config, db, queue, objects }: Services): Promise<void> {
  const failures: unknown[] = [];
  // The queue is looked at before anything is put there.
  const jobs = [
    () => tidyLedger(db, queue),
    () => wakeScrapes(db, queue, objects),
    () => sweepOutbox(db, queue, objects),
    () => beginRecovery(queue, objects, "cron"),
    () => forgetChatMessages(db),
    ...(config.KERNELCI_NOTIFICATIONS === "on" ? [() => startNotifications(db, queue, objects)] : []),
    ...(config.QABOARD_CLEANING === "on" ? [() => beginCleaning(queue, objects)] : []),
  ];
  for (const job of jobs) await job().catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}
