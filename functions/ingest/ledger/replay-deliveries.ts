import { findReplayJob, type ReplayJob } from "../../../db/queries/ledger/replay-job.ts";
import { replayablePage } from "../../../db/queries/ledger/replayable.ts";
import { advanceReplayJob, insertReplayJob } from "../../../db/upserts/ledger/replay-jobs.ts";
import { settleTask } from "../../../db/upserts/ledger/tasks.ts";
import { upsertWaiting, type WaitingRow } from "../../../db/upserts/ledger/waiting.ts";
import { ReplayJobMessage } from "../../messages/replay-job.ts";
import { type Replayable, replayMessage } from "../../messages/replay-message.ts";
import { log } from "../log.ts";
import { storableJson, textOf } from "../parse-body.ts";
import { parsed } from "../parsed.ts";
import type { Resources } from "../resources.ts";
import { sendOn } from "../send-on.ts";
import type { Task } from "../tasks.ts";

const PAGE_ROWS = 25;
const TURN_MS = 5_000;

/**
 * Puts the refused deliveries of a filter on the queue again, page by page for some seconds, and sends its message on. The
 * cursor moves once a page is on the queue: who dies before repeats the page, with the same numbers of replays, which
 * changes nothing.
 */
export const replayDeliveries: Task = async (delivery, resources) => {
  const wanted = parsed(ReplayJobMessage, storableJson(textOf(delivery.body)));
  const jobId = delivery.envelope.receiptId;
  await insertReplayJob(resources.db, { jobId, filter: wanted.filter, expected: wanted.expected });
  for (const end = performance.now() + TURN_MS; performance.now() < end; ) {
    const job = await findReplayJob(resources.db, jobId);
    if (job?.state !== "running") return await settleTask(resources.db, jobId);
    await replayPage(job, wanted, delivery.envelope.trace, resources);
  }
  await sendOn(delivery, resources);
};

async function replayPage(job: ReplayJob, wanted: ReplayJobMessage, trace: string, resources: Resources) {
  const { filter, settledUntil } = wanted;
  const rows = await replayablePage(resources.db, filter, { settledUntil, after: job.cursor, limit: PAGE_ROWS });
  // Its own message, should it have died before, is not replayed by itself.
  const others = rows.filter(({ receiptId }) => receiptId !== job.jobId);
  const notes = await Promise.all(others.map((row) => replayOne(row, trace, resources)));
  const replayed = notes.filter((note) => note !== undefined);
  await upsertWaiting(resources.db, replayed);
  await advanceReplayJob(resources.db, job, {
    cursor: rows.at(-1)?.receiptId ?? null,
    replayed: replayed.length,
    skipped: others.length - replayed.length,
    done: rows.length < PAGE_ROWS,
  });
}

/** Puts one delivery on the queue again; undefined when its body is gone, or was never one this release can read. */
async function replayOne(
  row: Replayable,
  trace: string,
  { queue, objects }: Resources,
): Promise<WaitingRow | undefined> {
  const replay = await replayMessage(row, trace, objects);
  if (replay.is !== "message") {
    const reason = replay.is === "gone" ? "the raw body is no longer kept" : replay.reason;
    log("not replayed", { receiptId: row.receiptId, reason });
    return undefined;
  }
  await queue.send(replay.message);
  const { receiptId, source, kind, key, event, receivedAt, replay: replays } = replay.head;
  const acceptedAt = new Date().toISOString();
  const named = { receiptId, source, kind, key, event, receivedAt, acceptedAt };
  return { ...named, receives: 0, replays, reason: "replay asked for" };
}
