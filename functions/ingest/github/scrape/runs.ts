import type { Database } from "../../../../db/client.ts";
import type { Scrape } from "../../../../db/queries/github/scrape.ts";
import { metRuns } from "../../../../db/queries/github/scrape-runs.ts";
import { mergeFacts } from "../../../../db/upserts/github/facts.ts";
import { upsertScrapeRuns } from "../../../../db/upserts/github/scrape-runs.ts";
import { storeGithubFacts } from "../../../../db/upserts/github/store.ts";
import { newReceiptId } from "../../../messages/receipt-id.ts";
import { readItems, type Sent } from "../rest/items.ts";
import { factsOfRun, Run } from "../workflow-run.ts";
import { readPage, repoIdOf, type Step } from "./page.ts";

/** Step 5: a page of runs, newest first, until the most that are wanted or the oldest time is reached. */
export const readRuns: Step = async (scrape, means) => {
  const reading = await readRunPage(scrape, means);
  if (reading === "unchanged") return { write: async () => ({ step: "details", page: null }) };
  const { next, etag, isFirst, skipped } = reading;
  return {
    async write(tx) {
      const { taken, isFull } = await takeRuns(tx, scrape, reading);
      const isLast = next === undefined || isFull || reading.reachedSince;
      return {
        step: isLast ? "again" : "runs",
        page: isLast ? null : next,
        etags: isFirst ? { ...scrape.etags, runs: etag, again: etag } : scrape.etags,
        counts: { runs: taken, skipped },
      };
    },
  };
};

/** The first page once more: what came meanwhile has shifted the pages. Goes on while a page shows only new runs. */
export const readRunsAgain: Step = async (scrape, means) => {
  const reading = await readRunPage(scrape, means);
  if (reading === "unchanged") return { write: async () => ({ step: "details", page: null }) };
  const { next, etag, isFirst } = reading;
  return {
    async write(tx) {
      const { taken, metBefore, isFull } = await takeRuns(tx, scrape, reading);
      const goesOn = next !== undefined && metBefore === 0 && taken > 0 && !isFull && !reading.reachedSince;
      return {
        step: goesOn ? "again" : "details",
        page: goesOn ? next : null,
        etags: isFirst ? { ...scrape.etags, runs: etag, again: etag } : scrape.etags,
        counts: { runs: taken },
      };
    },
  };
};

type Met = { run: ReturnType<typeof Run.parse>; sent: Sent };
type RunPage = { runs: Met[]; reachedSince: boolean; arrival: string };

async function readRunPage(scrape: Scrape, means: Parameters<Step>[1]) {
  const arrival = newReceiptId();
  const { answer, isFirst } = await readPage(scrape, `/repos/${scrape.repo}/actions/runs?per_page=100`, means);
  if (answer === "unchanged") return answer;
  const { items, skipped } = readItems(answer.value, (sent) => ({ run: Run.parse(sent), sent }));
  const { since } = scrape;
  const runs = since === null ? items : items.filter(({ run }) => run.created_at >= since);
  return { ...answer, isFirst, skipped, arrival, runs, reachedSince: runs.length < items.length };
}

/** Stores the runs of a page as far as they are wanted; those met before are always. */
async function takeRuns(tx: Database, scrape: Scrape, { runs, arrival }: RunPage) {
  const { scrapeId, maxRuns, jobs } = scrape;
  const byId = new Map(runs.map((met) => [met.run.id, met]));
  const { total, known } = await metRuns(tx, scrapeId, [...byId.keys()]);
  const room = maxRuns === null ? Number.POSITIVE_INFINITY : Math.max(0, maxRuns - total);
  const fresh = [...byId.values()].filter(({ run }) => !known.has(run.id)).slice(0, room);
  const stored = [...[...byId.values()].filter(({ run }) => known.has(run.id)), ...fresh];
  await storeGithubFacts(
    tx,
    mergeFacts(stored.map(({ run, sent }) => factsOfRun(run, sent, repoIdOf(scrape), arrival))),
  );
  await upsertScrapeRuns(
    tx,
    stored.map(({ run }) => ({
      scrapeId,
      runId: run.id,
      attempt: run.run_attempt,
      updatedAt: run.updated_at,
      detailed: !jobs && run.run_attempt === 1,
    })),
  );
  return { taken: fresh.length, metBefore: known.size, isFull: fresh.length === room };
}
