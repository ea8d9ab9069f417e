import { beforeEach, expect, test } from "vitest";
import { runScrape } from "../../../../functions/ingest/github/scrape/run-scrape.ts";
import { emptyStore } from "../../../conformance/github/rows.ts";
import {
  githubRest,
  IREE_LIKE,
  servedRepository,
  TURBINE_LIKE,
  toolsFor,
  whole,
} from "../../../support/github-rest.ts";
import { scratchDatabase } from "../../../support/scratch-database.ts";

/* Lists that change while they are read: every element that GitHub has at the end is a row, by its id. */

const scratch = scratchDatabase();
const rest = githubRest();
beforeEach(() => emptyStore(scratch().pool));

const scrape = (change: object = {}, repo = IREE_LIKE) =>
  runScrape({ ...whole(repo), jobs: false, ...change }, toolsFor(rest(), scratch().db));
const served = (repo = IREE_LIKE) => servedRepository(rest(), repo);

/** Texts of one column, sorted. */
async function column(query: string): Promise<string[]> {
  const { rows } = await scratch().pool.query(query);
  return rows.map((row) => String(Object.values(row)[0])).sort();
}
const storedRuns = () => column("select gitid from workflowruns");

/** Changes the stand-in right before its n-th answer to a path that holds `part`. */
function before(n: number, part: string, change: () => void): void {
  let asked = 0;
  rest().onRequest = (path) => {
    if (!path.includes(part)) return;
    asked += 1;
    if (asked === n) change();
  };
}

const ids = (list: readonly { id: number }[]) => list.map(({ id }) => String(id)).sort();

test.each([
  ["three", 3],
  ["120, more than a page", 120],
])("%s runs are deleted while pages are read: no other run is lost", async (_, deleted) => {
  const { runs } = served();
  before(3, "/actions/runs?", () => runs.splice(40, deleted));
  expect(await scrape()).toMatchObject({ state: "done", problems: [] });
  expect(await storedRuns()).toEqual(expect.arrayContaining(ids(runs)));
});

test("runs come and go between all pages: none of those that stay is lost", async () => {
  const { runs } = served();
  const newest = runs[0];
  let pages = 0;
  rest().onRequest = (path) => {
    if (!path.includes("/actions/runs?") || newest === undefined || pages > 12) return;
    pages += 1;
    runs.splice((pages * 37) % 90, 2);
    runs.unshift({ ...newest, id: newest.id + 1_000 + pages });
  };
  expect((await scrape()).state).toBe("done");
  const arrivedLast = new Set([ids(runs.slice(0, 1))].flat());
  const lasting = ids(runs).filter((id) => !arrivedLast.has(id));
  expect(await storedRuns()).toEqual(expect.arrayContaining(lasting));
});

test("the second look goes on through runs that it met itself", async () => {
  const { runs } = served();
  const newest = runs[0];
  if (newest === undefined) throw new Error("nothing is served");
  const arrive = (from: number, count: number) =>
    runs.unshift(...Array.from({ length: count }, (_, i) => ({ ...newest, id: newest.id + from + count - i })));
  let pages = 0;
  rest().onRequest = (path) => {
    if (!path.includes("/actions/runs?")) return;
    pages += 1;
    if (pages === 3) arrive(1_000, 230);
    // The last two pages of the second look show runs that its first page has shown.
    if (pages === 8 || pages === 9) arrive(2_000 + pages * 100, 40);
  };
  await scrape();
  const stored = new Set(await storedRuns());
  const missing = ids(runs).filter((id) => !stored.has(id) && Number(id) <= newest.id + 1_230);
  expect(missing).toEqual([]);
});

test.each(["deleted", "made"])(
  "branches are %s while their pages are read: none is lost or marked deleted",
  async (what) => {
    const { branches } = served();
    const [one] = branches;
    branches.push(...Array.from({ length: 280 }, (_, i) => ({ ...one, name: `zz/${String(i).padStart(3, "0")}` })));
    before(2, "/branches?", () => {
      if (what === "deleted") branches.splice(10, 4);
      else branches.splice(10, 0, ...Array.from({ length: 4 }, (_, i) => ({ ...one, name: `aa${i}` })));
    });
    const scraped = await scrape({ maxRuns: 1 });
    expect(scraped).toMatchObject({ state: "done", problems: [] });
    const stored = await column("select name from branches where not deleted");
    expect(stored).toEqual(expect.arrayContaining(branches.map(({ name }) => name).sort()));
  },
);

test("commits are force-pushed away while pages are read: no other is lost", async () => {
  const { commits } = served();
  before(2, "/commits?", () => commits.splice(0, 7));
  await scrape({ maxRuns: 1 });
  const stored = await column("select hash from commits");
  expect(stored).toEqual(expect.arrayContaining(commits.map(({ sha }) => sha).sort()));
});

test("a list that changes at each look is told of on the receipt", async () => {
  const { branches } = served();
  const [one] = branches;
  branches.push(...Array.from({ length: 150 }, (_, i) => ({ ...one, name: `zz/${i}` })));
  rest().onRequest = (path) => {
    if (path.includes("/branches?")) branches.splice(0, 1);
  };
  expect(await scrape({ maxRuns: 1 })).toMatchObject({
    state: "done",
    problems: [{ step: "branches", refused: false, reason: expect.stringContaining("changed") }],
  });
});

test("a known branch that the list left out is looked up before it is marked deleted", async () => {
  await scrape({ maxRuns: 1 }, TURBINE_LIKE);
  const { branches, repo } = served(TURBINE_LIKE);
  const [hidden, gone] = branches.map(({ name }) => name);
  repo.pushed_at = new Date(Date.parse(repo.pushed_at) + 3_600_000).toISOString();
  const listed = branches.slice(2);
  branches.splice(1, 1);
  rest().refuse = (path) => (path.includes("/branches?") ? { status: 200, body: listed } : undefined);
  await scrape({ maxRuns: 1 }, TURBINE_LIKE);
  expect(await column("select name from branches where deleted")).toEqual([gone]);
  expect(
    rest()
      .requests.filter(({ path }) => path.includes("/branches/"))
      .map(({ path }) => decodeURIComponent(path)),
  ).toEqual([hidden, gone].sort().map((name) => `/repos/${TURBINE_LIKE}/branches/${name}`));
});

test("without the repository itself a 404 is no deletion: the scrape fails, and branches and runs stay as they are", async () => {
  await scrape({ maxRuns: 1 }, TURBINE_LIKE);
  const { branches, repo } = served(TURBINE_LIKE);
  repo.pushed_at = new Date(Date.parse(repo.pushed_at) + 3_600_000).toISOString();
  branches.splice(0, 1);
  rest().refuse = (path) =>
    path.includes("/branches/") || path.startsWith("/repositories/")
      ? { status: 404, body: { message: "Not Found" } }
      : undefined;
  expect(await scrape({ maxRuns: 1 }, TURBINE_LIKE)).toMatchObject({
    state: "failed",
    lastError: expect.stringContaining("the repository no longer answers"),
  });
  expect(await column("select name from branches where deleted")).toEqual([]);
});

test("jobs that GitHub counts but does not list are read anew, and then told of", async () => {
  const { runs, jobs } = served(TURBINE_LIKE);
  const run = runs.find(({ id }) => (jobs[id] ?? []).length > 0);
  const listed = jobs[String(run?.id)] ?? [];
  rest().refuse = (path) =>
    path.includes(`/runs/${run?.id}/jobs`)
      ? { status: 200, body: { total_count: listed.length + 2, jobs: listed } }
      : undefined;
  const { skips } = await scrape({ jobs: true }, TURBINE_LIKE);
  expect(skips).toEqual([
    { kind: "job", id: null, reason: `GitHub lists ${listed.length} of ${listed.length + 2} jobs` },
  ]);
});
