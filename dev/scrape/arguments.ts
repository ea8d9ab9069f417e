import { parseArgs } from "node:util";
import * as z from "zod";

const Repo = z.string("-r must be owner/name").regex(/^[\w.-]+\/[\w.-]+$/, "-r must be owner/name");
const Count = z.coerce.number("-m must be a number of runs").int().positive("-m must be a number of runs");
const Since = z.string().transform((text, context) => {
  const ms = Date.parse(text);
  if (!Number.isNaN(ms)) return new Date(ms).toISOString();
  context.addIssue("-t must be a time, for example 2025-03-01 or 2025-03-01T12:00:00Z");
  return z.NEVER;
});

/** What `npm run scrape` was told. */
export type ScrapeArguments = {
  repo: string;
  token: string | undefined;
  maxRuns: number | null;
  since: string | null;
  jobs: boolean;
};

export const USAGE = `Usage: npm run scrape -- -r owner/name [-k token] [-m runs] [-t time] [--no-jobs]

  -r         repository to copy
  -k         GitHub token; better: GITHUB_TOKEN in the environment, which other users of the machine can't see
  -m         at most so many runs, newest first (default: all)
  -t         nothing older than this time
  -pwd       taken and ignored: the database is the embedded one, or the one DATABASE_URL names
  --no-jobs  leave jobs out`;

/** Reads the command line. Throws an Error that says what is wrong, without any value. */
export function readArguments(args: readonly string[]): ScrapeArguments {
  const { values } = parseArgs({
    // A long option with one dash is none for parseArgs.
    args: args.map((arg) => (arg === "-pwd" ? "--pwd" : arg)),
    options: {
      repo: { type: "string", short: "r" },
      token: { type: "string", short: "k" },
      max: { type: "string", short: "m" },
      time: { type: "string", short: "t" },
      pwd: { type: "string" },
      "no-jobs": { type: "boolean", default: false },
    },
  });
  const read = z
    .object({ repo: Repo, token: z.string().optional(), max: Count.optional(), time: Since.optional() })
    .safeParse(values);
  if (!read.success) throw new Error(read.error.issues.map(({ message }) => message).join("\n"));
  const { repo, token, max = null, time = null } = read.data;
  return { repo, token, maxRuns: max, since: time, jobs: !values["no-jobs"] };
}
