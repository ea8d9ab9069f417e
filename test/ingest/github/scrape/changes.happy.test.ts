import { beforeEach, expect, test } from "vitest";
import { progressLine } from "../../../../functions/ingest/github/scrape/progress-line.ts";
import { runScrape } from "../../../../functions/ingest/github/scrape/run-scrape.ts";
import { emptyStore } from "../../../conformance/github/rows.ts";
import { githubRest, IREE_LIKE, TURBINE_LIKE, toolsFor, whole } from "../../../support/github-rest.ts";
import { scratchDatabase } from "../../../support/scratch-database.ts";

const scratch = scratchDatabase();
const rest = githubRest();
beforeEach(() => emptyStore(scratch().pool));

const scrape = (options: Parameters<typeof runScrape>[0]) => runScrape(options, toolsFor(rest(), scratch().db));

/** The repository of the stand-in with that name. */
function served(name: string) {
  const found = rest().repositories.find(({ repo }) => repo.full_name === name);
  if (found === undefined) throw new Error(`${name} is not served`);
  return found;
}

test("branches that are gone are marked deleted; one that is younger than the list is not", async () => {
  const { pool } = scratch();
  await scrape(whole(TURBINE_LIKE));
  const { branches, repo } = served(TURBINE_LIKE);
  const [gone, young] = branches.splice(0, 2).map(({ name }) => name);
  const later = new Date(Date.parse(repo.pushed_at) + 3_600_000).toISOString();
  await pool.query("update github.branches set version = $1 where name = $2", [
    new Date(Date.parse(later) + 60_000).toISOString(),
    young,
  ]);
  repo.pushed_at = later;
  await scrape(whole(TURBINE_LIKE));
  const { rows } = await pool.query("select name, head_sha is null as headless from branches where deleted");
  expect(rows).toEqual([{ name: gone, headless: false }]);
});

test("runs that come while others are read are found by the second look, however many", async () => {
  const { runs } = served(IREE_LIKE);
  const newest = runs[0];
  let pages = 0;
  rest().onRequest = (path) => {
    pages += path.includes("/actions/runs?") ? 1 : 0;
    if (pages !== 3 || newest === undefined || runs.length > 600) return;
    const fresh = Array.from({ length: 130 }, (_, i) => ({ ...newest, id: newest.id + 1_000 + i }));
    runs.unshift(...fresh.reverse());
  };
  const { counts } = await scrape({ ...whole(IREE_LIKE), jobs: false });
  expect(counts.runs).toBe(730);
  expect(pages).toBe(6 + 2 + 2);
});

test("the most runs stay the most when others come meanwhile", async () => {
  const { runs } = served(IREE_LIKE);
  const newest = runs[0];
  let pages = 0;
  rest().onRequest = (path) => {
    pages += path.includes("/actions/runs?") ? 1 : 0;
    if (pages === 2 && newest !== undefined && runs.length === 600) runs.unshift({ ...newest, id: newest.id + 1_000 });
  };
  const { counts } = await scrape({ ...whole(IREE_LIKE), maxRuns: 200, jobs: false });
  expect(counts.runs).toBe(200);
});

test("a run that can't be read or stored costs only itself", async () => {
  const { runs } = served(TURBINE_LIKE);
  Object.assign(runs[3] ?? {}, { created_at: null });
  Object.assign(runs[5] ?? {}, { head_branch: "a NUL \u0000 in it" });
  const scraped = await scrape(whole(TURBINE_LIKE));
  expect(scraped).toMatchObject({ state: "done", counts: { runs: 18, skipped: 2 }, problems: [] });
  expect(scraped.skips).toEqual([
    { kind: "run", id: String(runs[3]?.id), reason: expect.stringContaining("created_at") },
    { kind: "run", id: String(runs[5]?.id), reason: expect.stringContaining("NUL") },
  ]);
  expect(progressLine(scraped)).toContain(`Skipped: run ${runs[3]?.id}: created_at`);
});

test("a title with NUL and half a character is stored with U+FFFD in their place", async () => {
  const { runs } = served(TURBINE_LIKE);
  const odd = runs[5];
  Object.assign(odd ?? {}, { display_title: "a\u0000b\ud83d" });
  const { counts, state } = await scrape(whole(TURBINE_LIKE));
  expect({ state, runs: counts.runs }).toEqual({ state: "done", runs: 20 });
  const { rows } = await scratch().pool.query(
    "select snapshot->>'display_title' as title from github.attempts where run_id = $1",
    [odd?.id],
  );
  expect(rows).toContainEqual({ title: "a\ufffdb\ufffd" });
});

test("what GitHub has deleted since the list was read is no failure", async () => {
  const { runs } = served(TURBINE_LIKE);
  rest().onRequest = (path) => {
    if (path.includes("/jobs") && runs.length === 20) runs.splice(10, 5);
  };
  expect(await scrape(whole(TURBINE_LIKE))).toMatchObject({ state: "done", counts: { runs: 20 } });
});

test("a repository that is not on the list of the settings is not scraped", async () => {
  const tools = toolsFor(rest(), scratch().db, { GITHUB_REPOSITORIES: new Set(["iree-org/other"]) });
  const { state, lastError, requests } = await runScrape(whole(TURBINE_LIKE), tools);
  expect({ state, lastError, requests }).toEqual({
    state: "failed",
    lastError: "iree-org/turbine-like is not among GITHUB_REPOSITORIES",
    requests: 1,
  });
  expect((await scratch().pool.query("select from repos")).rowCount).toBe(0);
});
