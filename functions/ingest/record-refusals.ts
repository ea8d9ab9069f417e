import { isDatabaseAway } from "../../db/errors.ts";
import { upsertRejected } from "../../db/upserts/ledger/rejected.ts";
import type { ReadDelivery, Settled } from "./delivery.ts";
import { settleError } from "./faults.ts";
import { type Outcome, retryLater } from "./outcome.ts";
import { rejectedRow } from "./refusal.ts";
import type { Resources } from "./resources.ts";

/**
 * Writes refusals as rows, one by one when that fails together; what can't be written is tried again, so that none is
 * lost.
 */
export async function recordRefusals(settled: readonly Settled[], { db, config }: Resources): Promise<void> {
  const refused = settled.flatMap((one) => (one.outcome.is === "reject" ? [{ one, reason: one.outcome.reason }] : []));
  const record = (some: typeof refused) =>
    upsertRejected(
      db,
      some.map(({ one, reason }) => rejectedRow(one.delivery, "rejected", reason)),
    );
  try {
    await record(refused);
  } catch (together) {
    for (const refusal of refused) {
      const failed = isDatabaseAway(together) ? together : await record([refusal]).catch((alone: unknown) => alone);
      if (failed === undefined) continue;
      refusal.one.outcome = unrecorded(failed, refusal.one.delivery, config);
    }
  }
}

/** What could not be recorded as refused was not refused: a row that can never be written is tried to the end. */
function unrecorded(error: unknown, delivery: ReadDelivery, config: Resources["config"]): Outcome {
  const outcome = settleError(error, delivery, config);
  return outcome.is === "reject" ? retryLater(delivery, outcome.reason, config.RETRY_BASE_SECONDS) : outcome;
}
