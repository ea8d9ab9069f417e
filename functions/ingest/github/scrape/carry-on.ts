import { type DueScrape, scrapeById } from "../../../../db/queries/github/scrape.ts";
import { insertScrape, markTurnSent } from "../../../../db/upserts/github/scrapes.ts";
import { settleTask } from "../../../../db/upserts/ledger/tasks.ts";
import { ScrapeMessage } from "../../../messages/github-scrape.ts";
import { taskBody } from "../../../messages/task-message.ts";
import type { Delivery } from "../../delivery.ts";
import { storableJson, textOf } from "../../parse-body.ts";
import { parsed } from "../../parsed.ts";
import type { Resources } from "../../resources.ts";
import { sendOn } from "../../send-on.ts";
import { type NextTurn, type Tools, takeTurn } from "./turn.ts";

/**
 * Takes one turn of a scrape and sends a message for the next one. The turn is committed first: a consumer that dies before the
 * next message is sent gets this one again, and finds in the row that the scrape is further. Unless the row says that the next
 * message was sent, it is sent once more then; of two for one turn the one that comes late finds its turn taken, and ends there.
 */
export async function carryScrapeOn(
  delivery: Delivery,
  resources: Tools & Pick<Resources, "queue" | "objects">,
): Promise<void> {
  const message = parsed(ScrapeMessage, storableJson(textOf(delivery.body)));
  const { repo, max_runs: maxRuns, since, jobs } = message;
  const scrapeId = delivery.envelope.receiptId;
  await insertScrape(resources.db, { scrapeId, repo, maxRuns, since, jobs, runner: "queue" });
  const scrape = await scrapeById(resources.db, scrapeId);
  const isTaken = scrape !== undefined && message.turn !== undefined && message.turn < scrape.turn;
  if (isTaken && (isFirstReceive(delivery) || scrape.sentTurn >= scrape.turn)) return;
  const next = isTaken ? nextOf(scrape) : await takeTurn(scrapeId, resources);
  if (next === undefined) return await settleTask(resources.db, scrapeId);
  const { turn, afterSeconds } = next;
  await sendOn(delivery, resources, { body: taskBody({ ...message, turn }), keepsId: true, afterSeconds });
  await markTurnSent(resources.db, scrapeId, turn);
}

/** Whether no consumer can have had this very message before. */
function isFirstReceive({ receives, isSentOn, envelope }: Delivery): boolean {
  return receives === 1 && !isSentOn && envelope.replay === 0;
}

function nextOf({ state, turn, waitSeconds }: DueScrape): NextTurn {
  return state === "done" || state === "failed" ? undefined : { turn, afterSeconds: Math.max(0, waitSeconds) };
}
