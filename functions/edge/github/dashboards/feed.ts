import { z } from "@hono/zod-openapi";
import { MOST_RUNS } from "../../../../db/queries/github/dashboard/recent-runs.ts";
import { Text } from "../http/parameters.ts";
import { AsOf } from "./answers.ts";

const DEFAULT_DAYS = 7;
const MOST_DAYS = 36_500;

const everyWhen = (text: string | undefined) =>
  text === undefined || text === "" || text === "all" ? undefined : text;

/** Query string of the feeds of runs (contract section 9). */
export const FeedQuery = z.object({
  days: z
    .string()
    .optional()
    .transform((text) => (text?.trim() ? Number(text) : Number.NaN))
    .transform((days) => (Number.isNaN(days) ? DEFAULT_DAYS : Math.min(Math.max(days, 0), MOST_DAYS)))
    .openapi({ type: "number", description: `how far back (default ${DEFAULT_DAYS}); no number means the default` }),
  repo: Text.optional()
    .transform(everyWhen)
    .openapi({ type: "string", description: "`owner/name`; absent, empty or `all`: every repository" }),
  as_of: AsOf,
});

/** How long a feed can get, for its description. */
export const FEED_LIMIT = `Newest first, at most ${MOST_RUNS.toLocaleString("en")} runs, and no more than PAGE_MAX_BYTES of them.`;

/** A branch in a query string; the frontend means main when it names none. */
export const BranchOrMain = Text.default("main")
  .transform(everyWhen)
  .openapi({ type: "string", description: "default `main`; empty or `all`: every branch" });
