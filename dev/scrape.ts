import { pgDatabase } from "../db/pg-client.ts";
import { Config } from "../functions/ingest/config.ts";
import { githubAccess } from "../functions/ingest/github/rest/access.ts";
import { readEnvironment } from "../functions/node/environment.ts";
import { readArguments, type ScrapeArguments, USAGE } from "./scrape/arguments.ts";
import { databaseUrlOf } from "./scrape/database.ts";
import { progressLine } from "./scrape/progress.ts";
import { runScrape } from "./scrape/run-scrape.ts";
import { readSettings } from "./settings.ts";

const SETTINGS = Config.pick({
  RETRY_BASE_SECONDS: true,
  GITHUB_REPOSITORIES: true,
  GITHUB_API_URL: true,
  GITHUB_TOKEN: true,
  GITHUB_APP_ID: true,
  GITHUB_APP_PRIVATE_KEY: true,
  GITHUB_SECONDARY_WAIT_SECONDS: true,
});

/** Copies a repository's branches, commits, workflows and runs from GitHub; prints how far it is. Returns the exit status. */
async function scrape({ repo, token, maxRuns, since, jobs }: ScrapeArguments): Promise<number> {
  const given = readEnvironment(SETTINGS, process.env);
  const config = token === undefined ? given : { ...given, GITHUB_TOKEN: token };
  const url = databaseUrlOf(readSettings(process.env));
  const { db, end } = pgDatabase(url, 2, { statementTimeoutMs: 60_000, applicationName: "runledger scrape" });
  let shown = "";
  try {
    const { state } = await runScrape(
      { repo, maxRuns, since, jobs },
      { db, github: githubAccess(config), config },
      (at) => {
        const line = progressLine(at);
        if (line !== shown) console.log(line);
        shown = line;
      },
    );
    return state === "done" ? 0 : 1;
  } finally {
    await end();
  }
}

/** What stopped it, without stacks or statements. */
function told(error: unknown): string {
  let inner = error;
  while (inner instanceof Error && inner.cause instanceof Error) inner = inner.cause;
  return inner instanceof Error ? inner.message : String(inner);
}

let wanted: ScrapeArguments;
try {
  wanted = readArguments(process.argv.slice(2));
} catch (error) {
  console.error(`${told(error)}\n\n${USAGE}`);
  process.exit(2);
}
try {
  process.exitCode = await scrape(wanted);
} catch (error) {
  console.error(`${told(error)}\nWhat was read is kept: the same command goes on from there.`);
  process.exitCode = 1;
}
