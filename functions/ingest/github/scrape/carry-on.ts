import { insertScrape } from "../../../../db/upserts/github/scrapes.ts";
import { settleTask } from "../../../../db/upserts/ledger/tasks.ts";
import { ScrapeMessage } from "../../../messages/github-scrape.ts";
import { storableJson, textOf } from "../../parse-body.ts";
import { parsed } from "../../parsed.ts";
import { sendOn } from "../../send-on.ts";
import type { Task } from "../../tasks.ts";
import { takeTurn } from "./turn.ts";

/**
 * Takes one turn of a scrape and sends its message on. The turn is committed first: a consumer that dies before the next
 * message is sent gets this one again, and finds in the row that the scrape is one turn further.
 */
export const carryScrapeOn: Task = async (delivery, resources) => {
  const { repo, max_runs: maxRuns, since, jobs } = parsed(ScrapeMessage, storableJson(textOf(delivery.body)));
  const scrapeId = delivery.envelope.receiptId;
  await insertScrape(resources.db, { scrapeId, repo, maxRuns, since, jobs, runner: "queue" });
  const next = await takeTurn(scrapeId, resources);
  if (next === undefined) await settleTask(resources.db, scrapeId);
  else await sendOn(delivery, resources, next);
};
