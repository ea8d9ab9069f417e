import type { Envelope } from "../messages/envelope.ts";
import type { Delivery } from "./delivery.ts";
import { sendMails } from "./eosc-perf/send-mails.ts";
import { recover } from "./github/recovery/recover.ts";
import { carryScrapeOn } from "./github/scrape/carry-on.ts";
import { runNotificationJob } from "./kernelci/notifications/run-job.ts";
import { sendOutbox } from "./kernelci/notifications/send-outbox.ts";
import { replayDeliveries } from "./ledger/replay-deliveries.ts";
import { clean } from "./qaboard/clean.ts";
import { deleteFiles } from "./qaboard/delete-files.ts";
import { exportFiles } from "./qaboard/export-files.ts";
import { runJob } from "./qaboard/run-job.ts";
import type { Resources } from "./resources.ts";

/**
 * Work that a message asks for instead of bringing a delivery: outside any batch's transaction, so that it may ask other
 * systems, and without an inbox row. It must be harmless to do twice; what is left to do it sends on as a new message
 * before it returns. Throws Rejection when it can never be done; after any other error the message comes again.
 */
export type Task = (delivery: Delivery, resources: Resources) => Promise<void>;

/** Every task this consumer knows, by `source.kind`. */
const TASKS: Record<string, Task> = {
  "github.scrape": carryScrapeOn,
  "github.recovery": recover,
  "eosc-perf.outbox": sendMails,
  "kernelci.notification": runNotificationJob,
  "kernelci.outbox": sendOutbox,
  "ledger.replays": replayDeliveries,
  "qaboard.clean": clean,
  "qaboard.delete-files": deleteFiles,
  "qaboard.export": exportFiles,
  "qaboard.run-job": runJob,
};

/** The task a message asks for; undefined when it brings a delivery. */
export function taskOf({ source, kind }: Envelope): Task | undefined {
  return TASKS[`${source}.${kind}`];
}
