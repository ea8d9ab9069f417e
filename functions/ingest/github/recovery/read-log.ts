import * as z from "zod";
import { logReadTo } from "../../../../db/queries/github/failed-deliveries.ts";
import { maxGithubId } from "../../../../db/schema/github-id.ts";
import {
  type LoggedDelivery,
  upsertHookRepository,
  upsertLoggedDeliveries,
  upsertLogReadTo,
} from "../../../../db/upserts/github/failed-deliveries.ts";
import type { RecoveryMessage } from "../../../messages/github-recovery.ts";
import { log } from "../../log.ts";
import type { Resources } from "../../resources.ts";
import { Id } from "../id.ts";
import { parseParts } from "../parts.ts";
import { Flag } from "../repository.ts";
import { readItems } from "../rest/items.ts";
import { GithubRefusal, nonsense } from "../rest/refusal.ts";
import { Instant } from "../timestamps.ts";
import { openLog } from "./hook.ts";

/** An item of a delivery log. */
const Item = z.looseObject({
  id: Id,
  guid: z.string().min(1),
  delivered_at: Instant,
  redelivery: Flag,
  status: z.string().nullish(),
  status_code: z.int().max(999).nullish(),
});
type Item = z.infer<typeof Item>;

/** What was sent so shortly before the end of the last reading may have got its status only after it. */
const OVERLAP_MS = 10 * 60_000;

type LogWork = Extract<RecoveryMessage, { job: "log" }>;

/**
 * Reads a page of a delivery log, newest first and unfiltered, so that later successes of a failed delivery are seen too;
 * ends where the reading before began.
 */
export async function readLog(
  work: LogWork,
  { db, github }: Pick<Resources, "db" | "github">,
): Promise<RecoveryMessage[]> {
  const { hook } = work;
  const { api, path } = await openLog(hook, { db, github });
  const readTo = await logReadTo(db, hook);
  const answer = await api.list(work.page ?? `${path}?per_page=100`).catch(async (error: unknown) => {
    // The repository may have been made anew: the next recovery looks it up by its name again.
    if (error instanceof GithubRefusal && error.why.is === "absent") await upsertHookRepository(db, hook, null);
    throw error;
  });
  if (answer === "unchanged") throw nonsense("nothing was asked that could be unchanged");
  const { items, skipped } = readItems(answer.value, "delivery", (sent) => parseParts(Item, sent));
  if (skipped.length > 0)
    log("deliveries of a log skipped", { hook, count: skipped.length, reason: skipped[0]?.reason });
  const newest = work.newest ?? items[0]?.delivered_at ?? null;
  const knownUntil = readTo === undefined ? "" : new Date(Date.parse(readTo) - OVERLAP_MS).toISOString();
  const isLast = answer.next === undefined || items.some((item) => item.delivered_at < knownUntil);
  await db.transaction(async (tx) => {
    await upsertLoggedDeliveries(tx, byGuid(hook, items));
    if (isLast && newest !== null) await upsertLogReadTo(tx, hook, newest);
  });
  if (isLast) return [{ v: 1, job: "redeliver", hook, tries: 0 }];
  return [{ v: 1, job: "log", hook, page: answer.next ?? null, newest, tries: 0 }];
}

/** Several items share a guid when it was delivered again; asked for is the newest that failed. */
function byGuid(hook: string, items: readonly Item[]): LoggedDelivery[] {
  const known = new Map<string, LoggedDelivery>();
  for (const { id, guid, delivered_at: deliveredAt, redelivery, status, status_code } of items) {
    const code = status_code ?? 0;
    const succeeded = status === "OK" || (code >= 200 && code < 300);
    const other = known.get(guid);
    known.set(guid, {
      hook,
      guid,
      deliveryId: maxGithubId(id, other?.deliveryId ?? 0),
      lastStatus: other === undefined || id > other.deliveryId ? code : other.lastStatus,
      deliveredAt: other === undefined || deliveredAt > other.deliveredAt ? deliveredAt : other.deliveredAt,
      succeeded: succeeded || other?.succeeded === true,
      redelivered: redelivery || other?.redelivered === true,
    });
  }
  return [...known.values()];
}
