import { tidyLedger } from "../cron/queue-watch.ts";
import { beginRecovery, isRecoveryDue } from "../cron/recover-github.ts";
import { wakeScrapes } from "../cron/wake-scrapes.ts";
import type { Services } from "./env.ts";

/** What runs every minute, by Cloudflare's cron trigger or by the clock of the self-host mode. */
export async function runScheduled({ db, queue, objects }: Services): Promise<void> {
  await tidyLedger(db, queue);
  await wakeScrapes(db, queue, objects);
  if (isRecoveryDue(Date.now())) await beginRecovery(queue, objects, "cron");
}
