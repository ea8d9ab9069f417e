import { pgDatabase } from "../db/pg-client.ts";
import { githubAccess } from "../functions/ingest/github/rest/access.ts";
import { progressLine } from "../functions/ingest/github/scrape/progress-line.ts";
import { runScrape } from "../functions/ingest/github/scrape/run-scrape.ts";
import { findDatabaseUrl } from "./database-url.ts";
import { postBenchmarkResults } from "./demo/benchmark-results.ts";
import { liveWebhooks } from "./demo/live.ts";
import { sendOtherSources } from "./demo/same-commit.ts";
import { sendWebhooks, untilStored } from "./demo/send.ts";
import { untilNow } from "./demo/until-now.ts";
import { type GithubRest, startGithubRest } from "./github-rest.ts";
import { openSecrets } from "./secrets.ts";
import { readSettings } from "./settings.ts";

const settings = readSettings(process.env);
const edge = `http://127.0.0.1:${settings.ports.edge}`;

await fetch(`${edge}/health`).catch(() => {
  console.error(`Nothing answers at ${edge}. Start it in another terminal: npm start`);
  process.exit(1);
});

let started = Date.now();
/** Since the step began. */
const seconds = () => `${((Date.now() - started) / 1_000).toFixed(1)} s`;
const rest = await startGithubRest({ addresses: "recorded" });
rest.repositories.splice(0, rest.repositories.length, ...untilNow(rest.repositories));
try {
  console.log("1. Copy two repositories from a stand-in for GitHub's REST API, as npm run scrape does:\n");
  for (const { repo } of rest.repositories) await copy(repo.full_name, rest);
  console.log(`   ${seconds()}, ${rest.requests.length} requests\n`);
} finally {
  await rest.stop();
}

const [recorded] = rest.repositories;
if (recorded === undefined) throw new Error("nothing is recorded");
const webhooks = liveWebhooks(recorded);
console.log(`2. Send ${webhooks.length} signed webhooks on top: a push to main, and what its workflows do`);
started = Date.now();
const receipts = await sendWebhooks(edge, openSecrets(settings.dataDir).githubSecret, webhooks);
await untilStored(receipts);
console.log(`   all stored after ${seconds()}\n`);

const sha = String(webhooks.find(({ event }) => event === "push")?.payload.after);
console.log("3. Send kernel tests and image results of the same commit\n");
for (const refusal of await sendOtherSources(edge, sha, recorded.repo.full_name))
  console.log(`   not taken: ${refusal}`);

console.log("4. Register two people at EOSC-Perf, make a benchmark and post results of the last ten days:");
started = Date.now();
const results = await postBenchmarkResults(edge, settings);
console.log(`   ${results} results after ${seconds()}\n\n5. Have a look:\n\n   ${edge}/commits/${sha}`);
const base = `${edge}/github/repos/${recorded.repo.full_name}`;
for (const path of [
  "/actions/runs?branch=main&per_page=5",
  "/actions/insights/summary?period=24h",
  "/actions/insights/waterfall?per_page=5",
  "/actions/insights/flaky?period=30d",
  "/commits?per_page=5",
  "/branches",
])
  console.log(`   ${base}${path}`);
console.log(`   ${edge}/eosc-perf/results?filters=machine.cpu.count%20%3E%204&sort_by=-json.score&per_page=3`);
console.log(`   ${receipts.at(-1)}`);

/** Scrapes a repository from the stand-in into the database of the running stack; prints each step. */
async function copy(repo: string, { url }: GithubRest): Promise<void> {
  const database = { statementTimeoutMs: 60_000, applicationName: "runledger demo" };
  const { db, end } = pgDatabase(findDatabaseUrl(settings), 2, database);
  const config = { GITHUB_REPOSITORIES: new Set<string>(), RETRY_BASE_SECONDS: 1, GITHUB_SECONDARY_WAIT_SECONDS: 60 };
  let step: string | undefined;
  try {
    const wanted = { repo, maxRuns: null, since: null, jobs: true };
    await runScrape(wanted, { db, config, github: githubAccess({ GITHUB_API_URL: url }) }, (scrape) => {
      const isNews = scrape.step !== step && scrape.counts.branches > 0;
      if (isNews || scrape.state === "done") console.log(`   ${progressLine(scrape)}`);
      step = scrape.step;
    });
  } finally {
    await end();
  }
}
