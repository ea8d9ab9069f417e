import * as z from "zod";
import { pgDatabase } from "../../db/pg-client.ts";
import { findDatabaseUrl } from "../../dev/database-url.ts";
import { readSettings } from "../../dev/settings.ts";
import { Config } from "../../functions/ingest/config.ts";
import { githubAccess } from "../../functions/ingest/github/rest/access.ts";
import { progressLine } from "../../functions/ingest/github/scrape/progress-line.ts";
import { runScrape } from "../../functions/ingest/github/scrape/run-scrape.ts";
import { readEnvironment } from "../../functions/node/environment.ts";

import { defineVerb } from "../verb.ts";

const SETTINGS = Config.pick({
  RETRY_BASE_SECONDS: true,
  GITHUB_REPOSITORIES: true,
  GITHUB_API_URL: true,
  GITHUB_TOKEN: true,
  GITHUB_APP_ID: true,
  GITHUB_APP_PRIVATE_KEY: true,
  GITHUB_SECONDARY_WAIT_SECONDS: true,
});

const Since = z.string().transform((text, context) => {
  const ms = Date.parse(text);
  if (!Number.isNaN(ms)) return new Date(ms).toISOString();
  context.addIssue("-t must be a time, for example 2025-03-01 or 2025-03-01T12:00:00Z");
  return z.NEVER;
});

const Values = z.object({
  repo: z.string("-r must be owner/name").regex(/^[\w.-]+\/[\w.-]+$/, "-r must be owner/name"),
  token: z.string().optional(),
  max: z.coerce.number("-m must be a number of runs").int().positive("-m must be a number of runs").optional(),
  time: Since.optional(),
  jobs: z.boolean(),
});

/** Copies a repository's branches, commits, workflows and runs from GitHub (contract section 5). */
export const scrape = defineVerb({
  name: "scrape",
  summary: "copy a repository's history from GitHub's REST API",
  description: "Stopped half-way, the same command goes on where it was.",
  options: [
    ["-r, --repo <owner/name>", "repository to copy"],
    ["-k, --token <token>", "GitHub token; better GITHUB_TOKEN, which other users of the machine can't see"],
    ["-m, --max <runs>", "at most so many runs, newest first (default: all)"],
    ["-t, --time <time>", "nothing older than this time"],
    ["--no-jobs", "leave jobs out"],
    ["--pwd <password>", "taken and ignored (also -pwd): the database is the embedded one, or DATABASE_URL's"],
  ],
  values: Values,
  async run({ repo, token, max = null, time = null, jobs }, output) {
    const given = readEnvironment(SETTINGS, process.env);
    const config = token === undefined ? given : { ...given, GITHUB_TOKEN: token };
    const url = findDatabaseUrl(readSettings(process.env));
    const { db, end } = pgDatabase(url, 2, { statementTimeoutMs: 60_000, applicationName: "runledger github scrape" });
    try {
      const scraped = await runScrape(
        { repo, maxRuns: max, since: time, jobs },
        { db, github: githubAccess(config), config },
        (at) => output.progress(progressLine(at)),
      );
      const { state, counts, requests, lastError, skips, problems } = scraped;
      output.result({ repo, state, counts, skipped: skips, problems, requests, error: lastError });
      if (state !== "done") process.exitCode = 1;
    } catch (error) {
      output.say("What was read is kept: the same command goes on from there.");
      throw error;
    } finally {
      await end();
    }
  },
});
