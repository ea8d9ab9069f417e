import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  primaryKey,
  smallint,
  text,
  timestamp,
  uuid,
} from "drizzle-orm/pg-core";
import { github } from "./github.ts";

/* What is asked of GitHub's REST API: scrapes (contracts/github, section 5) and recovery (section 6). */

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "string", precision: 3 });
const gitId = (name: string) => bigint(name, { mode: "number" });

export type ScrapeState = "queued" | "running" | "waiting_rate_limit" | "done" | "failed";

/** Where a scrape is; lists are read page by page, `again` is the first page of runs once more. */
export type ScrapeStep = "repository" | "branches" | "commits" | "workflows" | "runs" | "again" | "details";

/** How many of each were read; runs count once, however often they were met. */
export type ScrapeCounts = Record<
  "branches" | "commits" | "workflows" | "runs" | "attempts" | "jobs" | "skipped",
  number
>;

/** Tags of first pages: the same tag again means nothing new. */
export type ScrapeEtags = Partial<Record<ScrapeStep, string | undefined>>;

/** One row a scrape: what was asked for, how far it is, and when it goes on. */
export const scrapes = github.table(
  "scrapes",
  {
    scrapeId: uuid("scrape_id").primaryKey(),
    repo: text("repo").notNull(),
    maxRuns: integer("max_runs"),
    since: instant("since"),
    jobs: boolean("jobs").notNull(),
    /** Who takes its turns: the consumer, by messages, or a person's command. */
    runner: text("runner").$type<"queue" | "command">().notNull(),
    state: text("state").$type<ScrapeState>().notNull().default("queued"),
    step: text("step").$type<ScrapeStep>().notNull().default("repository"),
    /** Address of the page that comes next; null is the first. */
    page: text("page"),
    /** Counts turns, so that of two workers on one scrape only one moves it on. */
    turn: integer("turn").notNull().default(0),
    repoId: gitId("repo_id"),
    defaultBranch: text("default_branch"),
    /** The repository's pushed_at: version of the branches listed. */
    version: instant("version"),
    etags: jsonb("etags").$type<ScrapeEtags>().notNull().default({}),
    counts: jsonb("counts").$type<ScrapeCounts>().notNull(),
    requests: integer("requests").notNull().default(0),
    /** Waits in a row without an answer between. */
    tries: smallint("tries").notNull().default(0),
    lastError: text("last_error"),
    wakeAt: instant("wake_at").notNull().default(sql`now()`),
    createdAt: instant("created_at").notNull().default(sql`now()`),
    startedAt: instant("started_at"),
    finishedAt: instant("finished_at"),
  },
  (t) => [
    index("scrapes_unfinished").on(t.wakeAt).where(sql`${t.state} not in ('done', 'failed')`),
    index("scrapes_repo").on(sql`lower(${t.repo})`, t.createdAt),
  ],
);

/** The runs a scrape has met; `detailed` once their attempts and jobs were read. Gone when the scrape has ended. */
export const scrapeRuns = github.table(
  "scrape_runs",
  {
    scrapeId: uuid("scrape_id").notNull(),
    runId: gitId("run_id").notNull(),
    attempt: integer("attempt").notNull(),
    updatedAt: instant("updated_at").notNull(),
    detailed: boolean("detailed").notNull(),
  },
  (t) => [primaryKey({ columns: [t.scrapeId, t.runId] })],
);

/** Up to when a webhook's delivery log was read; `hook` is `owner/name:id` or `app`. */
export const hookLogs = github.table("hook_logs", {
  hook: text("hook").primaryKey(),
  readTo: instant("read_to").notNull(),
});

/** Deliveries that GitHub's log shows as failed, or as redelivered with success. */
export const failedDeliveries = github.table(
  "failed_deliveries",
  {
    hook: text("hook").notNull(),
    guid: text("guid").notNull(),
    deliveryId: gitId("delivery_id").notNull(),
    deliveredAt: instant("delivered_at").notNull(),
    succeeded: boolean("succeeded").notNull(),
    tries: smallint("tries").notNull().default(0),
    askedAt: instant("asked_at"),
    foundAt: instant("found_at").notNull().default(sql`now()`),
  },
  (t) => [primaryKey({ columns: [t.hook, t.guid] })],
);

/** Unfinished runs that were asked for again; `gone` when GitHub no longer has them. */
export const runRepairs = github.table("run_repairs", {
  runId: gitId("run_id").primaryKey(),
  askedAt: instant("asked_at").notNull(),
  times: smallint("times").notNull(),
  gone: boolean("gone").notNull(),
});
