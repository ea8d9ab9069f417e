import { databaseFault, errorMessage, isDatabaseAway } from "../../db/errors.ts";
import { countDeliveries } from "../../db/upserts/ledger/counts.ts";
import { claimDeliveries, settleStored } from "../../db/upserts/ledger/inbox.ts";
import type { ReadDelivery } from "./delivery.ts";
import { settleError } from "./faults.ts";
import type { Counted, KindBatch } from "./kinds.ts";
import { type Outcome, retryLater, waitOut } from "./outcome.ts";
import type { Resources } from "./resources.ts";

/** A delivery whose body was read into the batch of its kind. */
export type Ready = ReadDelivery & Counted & { batch: KindBatch };

type Needs = Pick<Resources, "config" | "db">;
type Stored = { delivery: Ready; outcome: Outcome };

/** After this many messages in a row that found no database, the rest is not tried. */
const AWAY_IN_A_ROW = 2;

/** Why a transaction failed; `begun` when the database had taken it up. */
type Failure = { error: unknown; begun: boolean };

/**
 * Stores a batch in one transaction; when that fails, each message gets a transaction of its own, so that a poison
 * costs only itself. While the database is away, all are left for later.
 */
export async function storeBatch(ready: readonly Ready[], resources: Needs): Promise<Stored[]> {
  if (ready.length === 0) return [];
  const failure = await storeTogether(ready, resources);
  if (failure === undefined) return ready.map((delivery) => ({ delivery, outcome: { is: "done" } }));
  const [only] = ready;
  // A kept connection may have broken since: one that found no database looks a second time.
  if (only !== undefined && ready.length === 1 && !isDatabaseAway(failure.error))
    return [{ delivery: only, outcome: settleError(failure.error, only, resources.config) }];
  return await storeOneByOne(ready, resources, brokeOff(failure));
}

async function storeOneByOne(ready: readonly Ready[], resources: Needs, brokenOff: boolean): Promise<Stored[]> {
  const stored: Stored[] = [];
  let away = 0;
  for (const delivery of ready) {
    if (away >= AWAY_IN_A_ROW) {
      stored.push({ delivery, outcome: leave(delivery, "the database is away", resources, brokenOff) });
      continue;
    }
    const failure = await storeTogether([delivery], resources);
    stored.push({ delivery, outcome: settle(failure, delivery, resources, brokenOff) });
    away = failure !== undefined && isDatabaseAway(failure.error) ? away + 1 : 0;
  }
  return stored;
}

function settle(failure: Failure | undefined, delivery: Ready, resources: Needs, brokenOff: boolean): Outcome {
  if (failure === undefined) return { is: "done" };
  if (!isDatabaseAway(failure.error)) return settleError(failure.error, delivery, resources.config);
  return leave(delivery, errorMessage(failure.error), resources, brokenOff || brokeOff(failure));
}

/**
 * An outage uses up no receives. A connection that broke while the message was written does: that may be its doing, and what
 * makes the server crash must come to an end.
 */
function leave(delivery: Ready, reason: string, { config }: Needs, brokenOff: boolean): Outcome {
  return brokenOff ? retryLater(delivery, reason, config.RETRY_BASE_SECONDS) : waitOut(delivery, reason, config);
}

/** Whether the connection ended without a word from the server, within a transaction. */
function brokeOff({ error, begun }: Failure): boolean {
  return begun && isDatabaseAway(error) && databaseFault(error) === undefined;
}

/** Stores messages in one transaction; returns why that failed, if it did. */
async function storeTogether(ready: readonly Ready[], { db }: Needs): Promise<Failure | undefined> {
  let begun = false;
  try {
    await db.transaction(async (tx) => {
      begun = true;
      const claim = await claimDeliveries(tx, ready.map(inboxRow));
      for (const batch of new Set(ready.map((delivery) => delivery.batch))) await batch.store(tx, claim.receiptIds);
      await settleStored(
        tx,
        ready.map(({ envelope }) => envelope.receiptId),
      );
      await countDeliveries(tx, claim.settled);
    });
    return undefined;
  } catch (error) {
    return { error, begun };
  }
}

function inboxRow({ envelope, outcome, replaced, objectKey, digest, receives }: Ready) {
  const { source, key, receiptId, kind, event, receivedAt, trace, contentType, sizeBytes, replay } = envelope;
  return {
    source,
    key,
    receiptId,
    kind,
    event,
    outcome,
    replaced,
    receivedAt,
    trace,
    contentType,
    sizeBytes,
    objectKey,
    digest,
    receives,
    replays: replay,
  };
}
