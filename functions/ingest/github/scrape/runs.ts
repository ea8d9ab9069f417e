import type { Scrape } from "../../../../db/queries/github/scrape.ts";
import { countMetRuns } from "../../../../db/queries/github/scrape-runs.ts";
import type { ScrapeList, ScrapeSkip } from "../../../../db/schema/index.ts";
import type { Progress, Reading, Step } from "./page.ts";
import { readRunPage } from "./run-pages.ts";
import { mergeSkips } from "./skips.ts";
import { takeRuns } from "./take-runs.ts";

/** Runs that a filtered list has at most. */
const FILTERED_MAX = 1_000;

const runsPath = ({ repo }: Scrape) => `/repos/${repo}/actions/runs?per_page=100`;
const unchanged: Reading = { write: async () => ({ step: "details", page: null, list: {} }) };

/** Step 5: a page of runs, newest first, until the most that are wanted or the oldest time is reached. */
export const readRuns: Step = async (scrape, means) => {
  const reading = await readRunPage(scrape, runsPath(scrape), means);
  if (reading === "unchanged") return unchanged;
  if (reading === "beyond") return { write: async () => olderThan(scrape.list, scrape.list.oldest) };
  const { next, etag, skipped, list } = reading;
  return {
    async write(tx) {
      const { taken, isFull } = await takeRuns(tx, scrape, reading);
      const isLast = next === undefined || isFull || reading.reachedSince;
      const etags = scrape.page === null ? { ...scrape.etags, runs: etag, again: etag } : scrape.etags;
      const place: Progress = isLast ? lookAgain(list) : { step: "runs", page: next, list };
      return { ...place, etags, counts: { runs: taken }, skipped };
    },
  };
};

/**
 * Runs that were created no later than an instant, as a list of their own: GitHub ends each list somewhere. Each of these lists
 * goes on where the one before it ended, until one shows nothing older.
 */
export const readOlderRuns: Step = async (scrape, means) => {
  const { until = new Date().toISOString() } = scrape.list;
  const firstPage = `${runsPath(scrape)}&created=*..${until.slice(0, 19)}Z`;
  const reading = await readRunPage(scrape, firstPage, means);
  if (reading === "unchanged") return unchanged;
  if (reading === "beyond")
    return { write: async (tx) => afterWindow(scrape, scrape.list, until, await countMetRuns(tx, scrape.scrapeId)) };
  const { next, skipped, list } = reading;
  return {
    async write(tx) {
      const { taken, met, isFull } = await takeRuns(tx, scrape, reading);
      const counted = { counts: { runs: taken }, skipped };
      if (isFull || reading.reachedSince) return { ...lookAgain(list), ...counted };
      if (next !== undefined) return { step: "older", page: next, list, ...counted };
      return { ...afterWindow(withSkips(scrape, skipped), list, until, met), ...counted };
    },
  };
};

/**
 * The first page once more: what came meanwhile has shifted the pages. Goes on until a page shows a run that was met before
 * this step.
 */
export const readRunsAgain: Step = async (scrape, means) => {
  const reading = await readRunPage(scrape, runsPath(scrape), means);
  if (reading === "unchanged" || reading === "beyond") {
    const list = { ...scrape.list, isAgainDone: true };
    return { write: async (tx) => endOfRuns(scrape, list, await countMetRuns(tx, scrape.scrapeId)) };
  }
  const { next, etag, skipped } = reading;
  return {
    async write(tx) {
      const { taken, metEarlier, met, isFull } = await takeRuns(tx, scrape, reading);
      const isFirst = scrape.page === null;
      const list = { ...reading.list, isAgainDone: true };
      const etags = isFirst ? { ...scrape.etags, runs: etag, again: etag } : scrape.etags;
      const goesOn = next !== undefined && metEarlier === 0 && !isFull && !reading.reachedSince;
      const place: Progress = goesOn
        ? { step: "again", page: next, list, etags }
        : endOfRuns({ ...withSkips(scrape, skipped), etags }, list, met);
      return { ...place, counts: { runs: taken }, skipped };
    },
  };
};

/** A list of runs is read to its end. */
function lookAgain(list: ScrapeList): Progress {
  return { step: "again", page: null, list: newList(list) };
}

function olderThan(list: ScrapeList, until: string | undefined): Progress {
  if (until === undefined) return lookAgain(list);
  return { step: "older", page: null, list: { ...newList(list), until, shown: 0 } };
}

/** What follows on the last page of the runs that were created no later than `until`. */
function afterWindow(scrape: Scrape, list: ScrapeList, until: string, met: number): Progress {
  const { oldest = until, shown = 0 } = list;
  if (oldest < until) return olderThan(list, oldest);
  if (shown < FILTERED_MAX) return list.isAgainDone ? endOfRuns(scrape, list, met) : lookAgain(list);
  const reason = `more than ${FILTERED_MAX} runs were created at ${until}, and GitHub lists no more of them`;
  const second = new Date(Date.parse(until) - 1_000).toISOString();
  return { ...olderThan(list, second), problem: { step: "older", reason, refused: false } };
}

/** All lists of runs are read: where GitHub counts more than were met, older ones are looked for once, and then it is said. */
function endOfRuns({ since, maxRuns, etags, skips }: Scrape, list: ScrapeList, met: number): Progress {
  const { counted = 0, until, oldest } = list;
  const skipped = skips.filter(({ kind }) => kind === "run").length;
  const isLimited = since !== null || (maxRuns !== null && met >= maxRuns);
  const isShort = !isLimited && met + skipped < counted;
  if (isShort && until === undefined && oldest !== undefined) return olderThan(list, oldest);
  const reason = `GitHub counts ${counted} runs, and lists ${met} of them`;
  return {
    step: "details",
    page: null,
    list: {},
    // An unchanged first page must not hide what this scrape did not get.
    etags: isShort || skipped > 0 ? { ...etags, runs: undefined, again: undefined } : etags,
    problem: isShort ? { step: "runs", reason, refused: false } : undefined,
  };
}

function withSkips(scrape: Scrape, skipped: readonly ScrapeSkip[]): Scrape {
  return { ...scrape, skips: mergeSkips(scrape.skips, skipped) };
}

/** What is remembered of a list once another one begins. */
function newList({ before: _, total: __, ...kept }: ScrapeList): ScrapeList {
  return kept;
}
