import type { Scrape } from "../../../../db/queries/github/scrape.ts";
import { metRuns } from "../../../../db/queries/github/scrape-runs.ts";
import type { ScrapeList, ScrapeSkip } from "../../../../db/schema/index.ts";
import { newReceiptId } from "../../../messages/receipt-id.ts";
import { parseParts } from "../parts.ts";
import type { ListAnswer } from "../rest/api.ts";
import { readItems, type Sent } from "../rest/items.ts";
import { GithubRefusal } from "../rest/refusal.ts";
import { Run } from "../workflow-run.ts";
import { type Means, pageBefore, readPage } from "./page.ts";

/** GitHub's answer beyond the 40,000th run of a list, or the 1,000th of a filtered one. */
const BEYOND_LIST = 422;
/** Pages that are read again at most when a list got shorter. */
const MAX_PAGES_BACK = 10;

/** A run of a page, and how GitHub sent it. */
export type ReadRun = { run: ReturnType<typeof Run.parse>; sent: Sent };

/** What one turn has read of the list of runs. */
export type RunPage = {
  runs: ReadRun[];
  skipped: ScrapeSkip[];
  /** Whether it shows runs that are older than what is wanted. */
  reachedSince: boolean;
  arrival: string;
  next: string | undefined;
  etag: string | undefined;
  /** Where the scrape is in the list once this page is stored. */
  list: ScrapeList;
};

/** A page of runs; "unchanged" as of an earlier scrape, or "beyond" where GitHub lists no further ones. Throws GithubRefusal. */
export async function readRunPage(
  scrape: Scrape,
  firstPage: string,
  means: Means,
): Promise<RunPage | "unchanged" | "beyond"> {
  const arrival = newReceiptId();
  const answer = await readPage(scrape, firstPage, means).catch((error: unknown) => {
    if (error instanceof GithubRefusal && error.status === BEYOND_LIST && scrape.page !== null)
      return "beyond" as const;
    throw error;
  });
  if (answer === "unchanged" || answer === "beyond") return answer;
  const shifted = await readShiftedRuns(scrape, firstPage, answer, means);
  const { items, skipped } = readItems([...shifted, ...answer.value], "run", parseRun);
  const { since } = scrape;
  const runs = since === null ? items : items.filter(({ run }) => run.created_at >= since);
  const list = listAfter(scrape, answer, items);
  const { next, etag } = answer;
  return { runs, skipped, reachedSince: runs.length < items.length, arrival, next, etag, list };
}

const parseRun = (sent: Sent): ReadRun => ({ run: parseParts(Run, sent), sent });

/**
 * Runs on pages before this one that moved there: a list that got shorter has moved up, and what stood at its boundary was on
 * neither page. Pages are read again until one shows a run that was met before.
 */
async function readShiftedRuns(scrape: Scrape, firstPage: string, answer: ListAnswer, { api, db }: Means) {
  const { total = 0, before } = scrape.list;
  const shifted: unknown[] = [];
  if (before === undefined || answer.total === undefined || answer.total >= total) return shifted;
  let page: string | undefined = before.page ?? firstPage;
  for (let back = 0; page !== undefined && back < MAX_PAGES_BACK; back += 1) {
    const earlier: ListAnswer | "unchanged" = await api.list(page);
    if (earlier === "unchanged") break;
    shifted.push(...earlier.value);
    const ids = readItems(earlier.value, "run", parseRun).items.map(({ run }) => run.id);
    const { known } = await metRuns(db, scrape.scrapeId, ids);
    page = known.size > 0 ? undefined : earlier.prev;
  }
  return shifted;
}

function listAfter({ list, page, step }: Scrape, answer: ListAnswer, items: readonly ReadRun[]): ScrapeList {
  const oldest = items.reduce((min, { run }) => (run.created_at < min ? run.created_at : min), list.oldest ?? "~");
  const { total } = answer;
  return {
    ...list,
    before: pageBefore(page, answer),
    ...(total === undefined ? {} : { total }),
    ...(total === undefined || page !== null || step === "older" ? {} : { counted: total }),
    ...(oldest === "~" ? {} : { oldest }),
    shown: (list.shown ?? 0) + answer.value.length,
  };
}
