import { z } from "@hono/zod-openapi";
import { refuse, text, truth } from "../http/parameters.ts";
import { StatusCount } from "../http/shapes.ts";

const TYPES = ["builds", "boots", "tests"] as const;
const WHOLE_NUMBER = /^\s*[+-]?\d+(_\d+)*\s*$/;
/** Beyond the years that times are told in, a range is none. */
const LAST_SECOND = Date.parse("9999-12-31T23:59:59Z") / 1_000;
const FIRST_SECOND = Date.parse("0001-01-01T00:00:00Z") / 1_000;

const isType = (name: string) => TYPES.some((type) => type === name);

/** Which of builds, boots and tests are counted: a comma list, all when nothing is given. */
const types = z
  .string()
  .default("")
  .transform((given, context) => {
    const names = given === "" ? [...TYPES] : given.split(",").map((name) => name.trim());
    if (!names.every(isType))
      return refuse(context, {
        type: "literal_error",
        msg: "Input should be 'builds', 'boots' or 'tests'",
        ctx: { expected: "'builds', 'boots' or 'tests'" },
      });
    return { builds: names.includes("builds"), boots: names.includes("boots"), tests: names.includes("tests") };
  })
  .openapi({
    type: "string",
    pattern: "^(\\s*(builds|boots|tests)\\s*(,\\s*(builds|boots|tests)\\s*)*)?$",
    description: "comma list of `builds`, `boots` and `tests`; all by default",
    example: "builds",
  });

/** What both histories of commits are asked (contract part 05); the origin has no default here. */
export const HistoryQuery = z.object({
  origin: text("origin of the checkouts"),
  git_url: text("repository of the checkouts").default(""),
  git_branch: text("branch of the checkouts").optional(),
  start_timestamp_in_seconds: text("start of the time range; both or none").optional(),
  end_timestamp_in_seconds: text("end of the time range").optional(),
  types,
  builds_related_to_filtered_tests_only: truth(
    "whether builds count only through a test that passes the filters",
  ).default(false),
});

const Lower = z
  .object(
    Object.fromEntries(["pass", "error", "fail", "skip", "miss", "done", "null"].map((status) => [status, z.int()])),
  )
  .openapi("KernelciHistoryCount");

/** A commit of a history, with its counts. */
export const HistoryItem = z
  .object({
    git_commit_hash: z.string(),
    git_commit_name: z.string().nullable(),
    git_commit_tags: z.array(z.string()).nullable(),
    earliest_start_time: z.string(),
    ...{ builds: StatusCount, boots: Lower, tests: Lower },
  })
  .openapi("KernelciHistoryItem");

/** What is answered when no commit is known. */
export const NO_HISTORY = "History of tree commits not found";

/** The time range, in seconds since 1970; one without both bounds, or with a bound that is no number, is none. */
export function rangeOf(
  start: string | undefined,
  end: string | undefined,
): { from: number; until: number } | undefined {
  const from = secondOf(start);
  const until = secondOf(end);
  return from === undefined || until === undefined ? undefined : { from, until };
}

function secondOf(given: string | undefined): number | undefined {
  if (given === undefined || !WHOLE_NUMBER.test(given)) return undefined;
  const second = Number(given.replaceAll("_", ""));
  return second >= FIRST_SECOND && second <= LAST_SECOND ? second : undefined;
}
