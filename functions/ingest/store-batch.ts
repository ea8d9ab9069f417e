import { databaseFault, faultText, isPermanent } from "../../db/errors.ts";
import { countDeliveries } from "../../db/upserts/ledger/counts.ts";
import { claimDeliveries, settleStored } from "../../db/upserts/ledger/inbox.ts";
import type { ReadDelivery } from "./delivery.ts";
import type { KindBatch } from "./kinds.ts";
import { type Outcome, Rejection, retryLater } from "./outcome.ts";
import type { Resources } from "./resources.ts";

/** A delivery whose body was read into the batch of its kind. */
export type Ready = ReadDelivery & { outcome: "applied" | "ignored"; batch: KindBatch };

type Needs = Pick<Resources, "config" | "db">;
type Stored = { delivery: Ready; outcome: Outcome };

/** After this many failures in a row without a word from the database it is taken to be away. */
const SILENT_FAILURES = 2;

/**
 * Stores a batch in one transaction; when that fails, each message gets a transaction of its own, so that a poison
 * costs only itself. While the database is away, all are tried again later.
 */
export async function storeBatch(ready: readonly Ready[], resources: Needs): Promise<Stored[]> {
  if (ready.length === 0) return [];
  try {
    await storeTogether(ready, resources);
    return ready.map((delivery) => ({ delivery, outcome: { is: "done" } }));
  } catch (error) {
    if (ready.length === 1)
      return ready.map((delivery) => ({ delivery, outcome: failure(delivery, error, resources) }));
    return await storeOneByOne(ready, resources);
  }
}

async function storeOneByOne(ready: readonly Ready[], resources: Needs): Promise<Stored[]> {
  const stored: Stored[] = [];
  let silent = 0;
  for (const delivery of ready) {
    if (silent >= SILENT_FAILURES) {
      stored.push({
        delivery,
        outcome: retryLater(delivery, "the database is away", resources.config.RETRY_BASE_SECONDS),
      });
      continue;
    }
    try {
      await storeTogether([delivery], resources);
      stored.push({ delivery, outcome: { is: "done" } });
      silent = 0;
    } catch (error) {
      stored.push({ delivery, outcome: failure(delivery, error, resources) });
      silent = databaseFault(error) === undefined ? silent + 1 : 0;
    }
  }
  return stored;
}

function failure(delivery: Ready, error: unknown, { config }: Needs): Outcome {
  if (error instanceof Rejection) return { is: "reject", reason: error.message };
  const reason = faultText(error);
  if (isPermanent(error)) return { is: "reject", reason: `the database refuses it: ${reason}` };
  return retryLater(delivery, reason, config.RETRY_BASE_SECONDS);
}

async function storeTogether(ready: readonly Ready[], { db }: Needs): Promise<void> {
  await db.transaction(async (tx) => {
    const claim = await claimDeliveries(tx, ready.map(inboxRow));
    for (const batch of new Set(ready.map((delivery) => delivery.batch))) await batch.store(tx, claim.receiptIds);
    await settleStored(
      tx,
      ready.map(({ envelope }) => envelope.receiptId),
    );
    await countDeliveries(tx, claim.settled);
  });
}

function inboxRow({ envelope, outcome, objectKey, digest, receives }: Ready) {
  const { source, key, receiptId, kind, event, receivedAt, trace, contentType, sizeBytes, replay } = envelope;
  return {
    source,
    key,
    receiptId,
    kind,
    event,
    outcome,
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
