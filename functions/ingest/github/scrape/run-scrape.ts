import { setTimeout as sleep } from "node:timers/promises";
import {
  type DueScrape,
  interruptedScrape,
  type ScrapeOptions,
  scrapeById,
} from "../../../../db/queries/github/scrape.ts";
import { insertScrape } from "../../../../db/upserts/github/scrapes.ts";
import { newReceiptId } from "../../../messages/receipt-id.ts";
import { type Tools, takeTurn } from "./turn.ts";

/** Another process takes this scrape's turns: look again after so long. */
const ELSEWHERE_SECONDS = 1;

/**
 * Scrapes a repository in this process, by the turns that the consumer takes, and returns the scrape's row at its end.
 * One with the same options that was interrupted goes on where it was. `onTurn` is told after every turn.
 */
export async function runScrape(
  options: ScrapeOptions,
  tools: Tools,
  onTurn: (scrape: DueScrape) => void = () => {},
): Promise<DueScrape> {
  const interrupted = await interruptedScrape(tools.db, options);
  const scrapeId = interrupted?.scrapeId ?? newReceiptId();
  await insertScrape(tools.db, { ...options, scrapeId, runner: "command" });
  for (;;) {
    const next = await takeTurn(scrapeId, tools);
    const scrape = await scrapeById(tools.db, scrapeId);
    if (scrape === undefined) throw new Error("the scrape's row is gone");
    onTurn(scrape);
    if (scrape.state === "done" || scrape.state === "failed") return scrape;
    await sleep((next?.afterSeconds ?? ELSEWHERE_SECONDS) * 1_000);
  }
}
