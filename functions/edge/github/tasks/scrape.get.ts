import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { type Scrape, scrapeById } from "../../../../db/queries/github/scrape.ts";
import { deliveryStates } from "../../../../db/queries/ledger/delivery-states.ts";
import { receivedAtMs } from "../../../messages/receipt-id.ts";
import { mayStillBeHeld } from "../../deliveries/receipt.ts";
import type { Env } from "../../env.ts";
import { errorResponse, notFound } from "../http/errors.ts";
import { scrapeIdOf, scrapeUrl } from "./scrape-url.ts";

/** Elements that a receipt names at most. */
const SHOWN_SKIPS = 100;

const count = z.int().nonnegative();

/** How far a scrape is. */
const ScrapeStatus = z
  .object({
    id: z.uuid(),
    url: z.string(),
    state: z.enum(["queued", "running", "waiting_rate_limit", "done", "failed"]),
    repository: z.string().optional().openapi({ description: "its present name" }),
    max_runs: z.int().nullable().optional(),
    since: z.iso.datetime().nullable().optional(),
    jobs: z.boolean().optional(),
    counts: z
      .object({
        branches: count,
        commits: count,
        workflows: count,
        runs: count,
        attempts: count,
        jobs: count,
        skipped: count,
      })
      .openapi({ description: "how many of each were read; skipped: those that could not be" }),
    skipped: z
      .array(
        z.object({
          kind: z.string().openapi({ description: "what it is", example: "run" }),
          id: z.string().nullable().openapi({ description: "its id, name or hash, as far as it has one" }),
          reason: z.string(),
        }),
      )
      .openapi({ description: `the first ${SHOWN_SKIPS} elements that could not be read or stored` }),
    problems: z
      .array(
        z.object({
          step: z.string().openapi({ example: "branches" }),
          reason: z.string(),
          refused: z.boolean().openapi({ description: "GitHub did not give it: the scrape ends failed" }),
        }),
      )
      .openapi({ description: "what is known to be missing; empty once everything was read" }),
    requests: count.openapi({ description: "asked of GitHub so far" }),
    last_error: z.string().nullable().openapi({ description: "what went wrong last, or why it failed" }),
    goes_on_at: z.iso.datetime().nullable(),
    created_at: z.iso.datetime(),
    started_at: z.iso.datetime().nullable(),
    finished_at: z.iso.datetime().nullable(),
  })
  .openapi("ScrapeStatus");
type ScrapeStatus = z.infer<typeof ScrapeStatus>;

/** Contract section 5; open to whoever holds the signed link. */
export const route = createRoute({
  method: "get",
  path: "/scrapes/{id}",
  operationId: "getGithubScrape",
  summary: "Follow a scrape",
  description: "Answers from the moment a scrape is queued. `done` and `failed` are final.",
  tags: ["GitHub scrape and recovery"],
  request: { params: z.object({ id: z.string().openapi({ description: "the signed id in the scrape's url" }) }) },
  responses: {
    200: { description: "how far it is", content: { "application/json": { schema: ScrapeStatus } } },
    404: errorResponse("no such scrape, or a wrong signature"),
  },
});

/** Answers how far a scrape is. */
export async function handler(c: Context<Env>): Promise<Response> {
  c.header("cache-control", "no-store");
  const scrapeId = scrapeIdOf(c, c.req.param("id") ?? "");
  if (scrapeId === undefined) return notFound(c);
  const scrape = await scrapeById(c.env.db, scrapeId);
  if (scrape !== undefined) return c.json(statusOf(scrape, scrapeUrl(c, scrapeId)));
  if (!mayStillBeHeld(scrapeId)) return notFound(c);
  return c.json(await withoutRow(c, scrapeId));
}

function statusOf(scrape: Scrape, url: string): ScrapeStatus {
  const hasEnded = scrape.state === "done" || scrape.state === "failed";
  return {
    id: scrape.scrapeId,
    url,
    state: scrape.state,
    repository: scrape.repo,
    max_runs: scrape.maxRuns,
    since: scrape.since,
    jobs: scrape.jobs,
    counts: scrape.counts,
    skipped: scrape.skips.slice(0, SHOWN_SKIPS),
    problems: scrape.problems,
    requests: scrape.requests,
    last_error: scrape.lastError,
    goes_on_at: hasEnded ? null : scrape.wakeAt,
    created_at: scrape.createdAt,
    started_at: scrape.startedAt,
    finished_at: scrape.finishedAt,
  };
}

/** The queue has its message still, or gave it up before a row could be made. */
async function withoutRow(c: Context<Env>, scrapeId: string): Promise<ScrapeStatus> {
  const [ended] = await deliveryStates(c.env.db, scrapeId);
  const failed = ended?.status === "rejected" || ended?.status === "dead";
  return {
    id: scrapeId,
    url: scrapeUrl(c, scrapeId),
    state: failed ? "failed" : "queued",
    counts: { branches: 0, commits: 0, workflows: 0, runs: 0, attempts: 0, jobs: 0, skipped: 0 },
    skipped: [],
    problems: [],
    requests: 0,
    last_error: ended?.reason ?? null,
    goes_on_at: null,
    created_at: new Date(receivedAtMs(scrapeId)).toISOString(),
    started_at: null,
    finished_at: failed ? ended.settledAt : null,
  };
}
