import {
  claimFailedDelivery,
  giveUpFailedDelivery,
  releaseFailedDelivery,
} from "../../../../db/upserts/github/failed-deliveries.ts";
import type { RecoveryMessage } from "../../../messages/github-recovery.ts";
import { log } from "../../log.ts";
import type { Resources } from "../../resources.ts";
import { GithubRefusal } from "../rest/refusal.ts";
import { logOf } from "./hook.ts";

/** One message asks for so many deliveries at most. */
const MOST_AT_ONCE = 25;
const TURN_MS = 5_000;

type RedeliverWork = Extract<RecoveryMessage, { job: "redeliver" }>;

/** Asks GitHub to send the failed deliveries of a webhook again, one by one; what is stored meanwhile is left out. */
export async function redeliver({ hook }: RedeliverWork, { db, github }: Resources): Promise<RecoveryMessage[]> {
  const { api, path } = await logOf(hook, github);
  const end = performance.now() + TURN_MS;
  for (let asked = 0; asked < MOST_AT_ONCE && performance.now() < end; asked += 1) {
    const claimed = await claimFailedDelivery(db, hook);
    if (claimed === undefined) return [];
    const { guid, deliveryId } = claimed;
    try {
      await api.post(`${path}/${deliveryId}/attempts`);
      log("redelivery asked for", { hook, guid, deliveryId });
    } catch (error) {
      if (!(error instanceof GithubRefusal)) throw error;
      if (!isBeyondRecall(error)) {
        await releaseFailedDelivery(db, hook, guid);
        throw error;
      }
      await giveUpFailedDelivery(db, hook, guid);
      log("redelivery refused", { hook, guid, deliveryId, reason: error.message });
    }
  }
  return [{ v: 1, job: "redeliver", hook, tries: 0 }];
}

/** GitHub keeps deliveries for days only. */
function isBeyondRecall({ why, status }: GithubRefusal): boolean {
  return why.is === "absent" || status === 400 || status === 422;
}
