import type { TransactionalDatabase } from "../../../../db/client.ts";
import { lockParents } from "../../../../db/locks.ts";
import { ACTION } from "./actions.ts";
import { type Queued, queueReport } from "./queue-report.ts";
import type { ActionName, Report, Request } from "./report.ts";
import type { NotificationSettings } from "./settings.ts";

/** What is asked of an action. */
export type Asked = { action: ActionName; request: Request; settings: NotificationSettings };

/** Held by whoever decides what is sent, so that two of them never decide the same. */
const LOCK = "kernelci.notifications";

/** The parts of an action, each of which is done for itself. */
export async function listParts(db: TransactionalDatabase, { action, request }: Asked): Promise<readonly string[]> {
  return await ACTION[action].listParts(db, request);
}

/** The reports of a part as they stand now; nothing is written. */
export async function findReports(
  db: TransactionalDatabase,
  part: string,
  { action, request, settings }: Asked,
): Promise<readonly Report[]> {
  return await ACTION[action].find(db, part, request, settings);
}

/**
 * Puts the mails of a part into the outbox in one transaction, and notes there that they were sent; what became of each.
 * `keyOf` makes a mail the same one when the part is done again; `isChosen` may leave reports out.
 */
export async function sendReports(
  db: TransactionalDatabase,
  part: string,
  { action, request, settings }: Asked,
  {
    keyOf = () => null,
    isChosen = () => true,
  }: { keyOf?: (report: Report) => string | null; isChosen?: (report: Report) => boolean } = {},
): Promise<{ report: Report; queued: Queued }[]> {
  return await db.transaction(async (tx) => {
    await lockParents(tx, [LOCK]);
    const outcomes: { report: Report; queued: Queued }[] = [];
    for (const report of await ACTION[action].find(tx, part, request, settings)) {
      if (!isChosen(report)) continue;
      outcomes.push({ report, queued: await queueReport(tx, report, { request, settings, key: keyOf(report) }) });
    }
    return outcomes;
  });
}
