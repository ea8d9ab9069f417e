import { tidyLedger } from "../cron/queue-watch.ts";
import type { Services } from "./env.ts";

/** What runs every minute, by Cloudflare's cron trigger or by the clock of the self-host mode. */
export async function runScheduled({ db, queue }: Services): Promise<void> {
  await tidyLedger(db, queue);
}
