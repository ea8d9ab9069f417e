import { sql } from "drizzle-orm";
import { boolean, index, integer, jsonb, primaryKey, smallint, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { github } from "./github.ts";
import { githubId } from "./github-id.ts";

/* What is asked of GitHub's REST API: scrapes (contracts/github, section 5) and recovery (section 6). */

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "string", precision: 3 });

export type ScrapeState = "queued" | "running" | "waiting_rate_limit" | "done" | "failed";

/**
 * Where a scrape is; lists are read page by page. `unlisted` looks up branches that the list did not name, `older` reads runs
 * beyond the end of their list, `again` is the first page of runs once more.
 */
export type ScrapeStep =
  | "repository"
  | "branches"
  | "unlisted"
  | "commits"
  | "workflows"
  | "runs"
  | "older"
  | "again"
  | "details";

/** How many of each were read; runs count once, however often they were met. */
export type ScrapeCounts = Record<
  "branches" | "commits" | "workflows" | "runs" | "attempts" | "jobs" | "skipped",
  number
>;

/** Tags of first pages: the same tag again means nothing new. */
export type ScrapeEtags = Partial<Record<ScrapeStep, string | undefined>>;

/** An element that a scrape could not read or store. */
export type ScrapeSkip = { kind: string; id: string | null; reason: string };

/** What a scrape could not read; `refused` when GitHub did not give it, so that the scrape ends `failed`. */
export type ScrapeProblem = { step: ScrapeStep; reason: string; refused: boolean };

/** Where a scrape is in the list that it reads. */
export type ScrapeList = {
  /** The page before the next one: its address (null is the first), its tag, and what names its last element. */
  before?: { page: string | null; etag: string | null; last: string | null };
  /** How often pages were read again, because the list had changed meanwhile. */
  repeats?: number;
  /** How many elements the list has, as GitHub counted at the last page. */
  total?: number;
  /** Elements of this list that could not be read. */
  skipped?: number;
  /** Creation of the oldest run that was met. */
  oldest?: string;
  /** Runs are read that were created no later than this. */
  until?: string;
  /** Runs that this window has shown. */
  shown?: number;
  /** How many runs GitHub counted when their first page was read. */
  counted?: number;
  /** Whether the first page of runs was read once more already. */
  isAgainDone?: boolean;
};

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
    /** The last turn whose message is known to have been sent. */
    sentTurn: integer("sent_turn").notNull().default(0),
    repoId: githubId("repo_id"),
    defaultBranch: text("default_branch"),
    /** The repository's pushed_at: version of the branches listed. */
    version: instant("version"),
    etags: jsonb("etags").$type<ScrapeEtags>().notNull().default({}),
    counts: jsonb("counts").$type<ScrapeCounts>().notNull(),
    list: jsonb("list").$type<ScrapeList>().notNull().default({}),
    /** The first of the elements that were skipped. */
    skips: jsonb("skips").$type<ScrapeSkip[]>().notNull().default([]),
    problems: jsonb("problems").$type<ScrapeProblem[]>().notNull().default([]),
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
    runId: githubId("run_id").notNull(),
    attempt: integer("attempt").notNull(),
    updatedAt: instant("updated_at").notNull(),
    detailed: boolean("detailed").notNull(),
    /** Whether it was first met when the first page was read once more. */
    again: boolean("again").notNull().default(false),
  },
  (t) => [primaryKey({ columns: [t.scrapeId, t.runId] })],
);

/** As of which state the attempts and jobs of a run were read: a later scrape leaves them out while nothing moved. */
export const runDetails = github.table("run_details", {
  runId: githubId("run_id").primaryKey(),
  attempt: integer("attempt").notNull(),
  updatedAt: instant("updated_at").notNull(),
  jobs: boolean("jobs").notNull(),
});

/** Up to when a webhook's delivery log was read; `hook` is `owner/name:id`, `org:name:id` or `app`. */
export const hookLogs = github.table("hook_logs", {
  hook: text("hook").primaryKey(),
  readTo: instant("read_to"),
  /** Of a repository's webhook: the repository, whatever its name is by now. */
  repoId: githubId("repo_id"),
});

/** Deliveries that GitHub's log shows as failed, or as redelivered with success. */
export const failedDeliveries = github.table(
  "failed_deliveries",
  {
    hook: text("hook").notNull(),
    guid: text("guid").notNull(),
    deliveryId: githubId("delivery_id").notNull(),
    deliveredAt: instant("delivered_at").notNull(),
    succeeded: boolean("succeeded").notNull(),
    /** HTTP status of the newest failure; 0 when nobody answered. */
    lastStatus: integer("last_status").notNull().default(0),
    /** GitHub can't send it any more. */
    gone: boolean("gone").notNull().default(false),
    /** How often GitHub took the request to send it again. */
    tries: smallint("tries").notNull().default(0),
    askedAt: instant("asked_at"),
    foundAt: instant("found_at").notNull().default(sql`now()`),
  },
  (t) => [primaryKey({ columns: [t.hook, t.guid] })],
);

/** Unfinished runs that were asked for again; `gone` when GitHub no longer has them. */
export const runRepairs = github.table("run_repairs", {
  runId: githubId("run_id").primaryKey(),
  askedAt: instant("asked_at").notNull(),
  times: smallint("times").notNull(),
  gone: boolean("gone").notNull(),
});
