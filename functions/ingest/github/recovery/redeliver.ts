import {
  claimFailedDelivery,
  countTry,
  giveUpFailedDelivery,
  releaseFailedDelivery,
} from "../../../../db/upserts/github/failed-deliveries.ts";
import type { RecoveryMessage } from "../../../messages/github-recovery.ts";
import { log } from "../../log.ts";
import type { Resources } from "../../resources.ts";
import { GithubRefusal } from "../rest/refusal.ts";
import { type DeliveryLog, openLog } from "./hook.ts";

/** One message asks for so many deliveries at most. */
const MOST_AT_ONCE = 25;
const TURN_MS = 5_000;

type RedeliverWork = Extract<RecoveryMessage, { job: "redeliver" }>;

/** Asks GitHub to send the failed deliveries of a webhook again, one by one; what is stored meanwhile is left out. */
export async function redeliver(
  { hook }: RedeliverWork,
  { db, github }: Pick<Resources, "db" | "github">,
): Promise<RecoveryMessage[]> {
  const deliveryLog = await openLog(hook, { db, github });
  const end = performance.now() + TURN_MS;
  for (let asked = 0; asked < MOST_AT_ONCE && performance.now() < end; asked += 1) {
    const claimed = await claimFailedDelivery(db, hook);
    if (claimed === undefined) return [];
    const { guid } = claimed;
    const deliveryId = String(claimed.deliveryId);
    try {
      const refusal = await askFor(deliveryId, deliveryLog);
      if (refusal === undefined) await countTry(db, hook, guid);
      else await giveUpFailedDelivery(db, hook, guid);
      if (refusal === undefined) log("redelivery asked for", { hook, guid, deliveryId });
      else log("redelivery refused", { hook, guid, deliveryId, reason: refusal.message });
    } catch (error) {
      if (error instanceof GithubRefusal) await releaseFailedDelivery(db, hook, guid);
      throw error;
    }
  }
  return [{ v: 1, job: "redeliver", hook, tries: 0 }];
}

/** Asks for one delivery; returns GitHub's refusal when it will never send that again. Throws GithubRefusal otherwise. */
async function askFor(deliveryId: string, { api, path }: DeliveryLog): Promise<GithubRefusal | undefined> {
  try {
    await api.post(`${path}/${deliveryId}/attempts`);
    return undefined;
  } catch (error) {
    if (!(error instanceof GithubRefusal)) throw error;
    const { why, status } = error;
    if (status === 400 || status === 422) return error;
    if (why.is !== "absent") throw error;
    // GitHub keeps deliveries for days only; but it answers the same to whoever may no longer see the webhook.
    await api.list(`${path}?per_page=1`);
    return error;
  }
}
