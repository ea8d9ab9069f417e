import type { Database, TransactionalDatabase } from "../../../../db/client.ts";
import { errorMessage, isPermanent } from "../../../../db/errors.ts";
import { type DueScrape, type Scrape, scrapeById } from "../../../../db/queries/github/scrape.ts";
import type { ScrapeStep } from "../../../../db/schema/index.ts";
import { forgetScrapeRuns } from "../../../../db/upserts/github/scrape-runs.ts";
import { advanceScrape, type ScrapeChange } from "../../../../db/upserts/github/scrapes.ts";
import { keptReason } from "../../outcome.ts";
import type { GithubAccess } from "../rest/access.ts";
import { forOneTurn, type TurnApi } from "../rest/api.ts";
import { pauseSeconds } from "../rest/pause.ts";
import { GithubRefusal } from "../rest/refusal.ts";
import { readDetails } from "./details.ts";
import { readBranches, readCommits, readWorkflows } from "./lists.ts";
import type { Reading, ScrapeSettings, Step } from "./page.ts";
import { readRepository } from "./repository.ts";
import { readRuns, readRunsAgain } from "./runs.ts";

/** What a turn needs beside the scrape. */
export type Tools = { db: TransactionalDatabase; github: GithubAccess; config: ScrapeSettings };

/** When the next turn is due; undefined when there is none for whoever asked. */
export type NextTurn = { afterSeconds: number } | undefined;

/** Every step, in the contract's order. */
const STEPS: Record<ScrapeStep, Step> = {
  repository: readRepository,
  branches: readBranches,
  commits: readCommits,
  workflows: readWorkflows,
  runs: readRuns,
  again: readRunsAgain,
  details: readDetails,
};

/** Another worker moved the scrape on meanwhile. */
class Superseded extends Error {}

/**
 * Takes the scrape's next turn when it is due: asks GitHub for one page (or a few runs), then writes what it says and how
 * far the scrape is in one transaction. Whoever is killed in between repeats that turn. Throws when the database fails.
 */
export async function takeTurn(scrapeId: string, tools: Tools): Promise<NextTurn> {
  const scrape = await scrapeById(tools.db, scrapeId);
  if (scrape === undefined || hasEnded(scrape)) return undefined;
  if (scrape.waitSeconds > 0) return { afterSeconds: scrape.waitSeconds };
  try {
    return await turnOf(scrape, tools);
  } catch (error) {
    if (error instanceof Superseded) return undefined;
    throw error;
  }
}

async function turnOf(scrape: DueScrape, tools: Tools): Promise<NextTurn> {
  let api: TurnApi | undefined;
  try {
    api = forOneTurn(await tools.github.forRepository(scrape.repo));
    const reading = await STEPS[scrape.step](scrape, { ...tools, api });
    return await write(scrape, reading, api, tools);
  } catch (error) {
    const change = changeAfter(error, scrape.tries, tools.config);
    if (change === undefined) throw error;
    const requests = api?.requests ?? 0;
    return await tools.db.transaction((tx) => move(tx, scrape, { ...change, requests }));
  }
}

async function write(scrape: Scrape, reading: Reading, api: TurnApi, { db, config }: Tools): Promise<NextTurn> {
  const { requests, pauseSeconds: waitSeconds } = api;
  return await db.transaction(async (tx) => {
    const change = await reading.write(tx);
    const state = waitSeconds > 0 ? ("waiting_rate_limit" as const) : ("running" as const);
    const refused = reading.refusal === undefined ? {} : changeAfter(reading.refusal, 0, config);
    return await move(tx, scrape, { state, waitSeconds, tries: 0, ...change, ...refused, requests });
  });
}

/** Writes the change and tells when the next turn is due; throws Superseded when another worker wrote first. */
async function move(tx: Database, scrape: Scrape, change: ScrapeChange): Promise<NextTurn> {
  const ended = change.state === "done" || change.state === "failed";
  const finishedAt = ended ? { finishedAt: new Date().toISOString() } : {};
  if (!(await advanceScrape(tx, scrape, { ...change, ...finishedAt }))) throw new Superseded();
  if (!ended) return { afterSeconds: change.waitSeconds ?? 0 };
  await forgetScrapeRuns(tx, scrape.scrapeId);
  return undefined;
}

type Change = Omit<ScrapeChange, "requests">;

/** What becomes of a scrape after a failure: it waits or fails; undefined when the failure is not its own. */
function changeAfter(error: unknown, tries: number, config: ScrapeSettings): Change | undefined {
  if (!(error instanceof GithubRefusal)) {
    if (!isPermanent(error)) return undefined;
    return {
      state: "failed",
      lastError: `the database refuses what GitHub says: ${keptReason(errorMessage(error), 1_000)}`,
    };
  }
  const lastError = keptReason(error.message, 1_000);
  const waitSeconds = pauseSeconds(error, tries, config);
  if (waitSeconds === undefined)
    return { state: "failed", lastError: tries > 0 ? `given up after ${tries + 1} tries: ${lastError}` : lastError };
  const state = error.why.is === "limited" ? "waiting_rate_limit" : "running";
  // Waiting before GitHub has to refuse is no error.
  const isForesight = state === "waiting_rate_limit" && error.status === undefined;
  return { state, tries: tries + 1, waitSeconds, ...(isForesight ? {} : { lastError }) };
}

function hasEnded({ state }: Scrape): boolean {
  return state === "done" || state === "failed";
}
