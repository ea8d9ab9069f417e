import { createServer } from "node:http";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import type { Misbehaviour } from "../../../../dev/github-rest/misbehaviour.ts";
import { freePort } from "../../../../dev/ports.ts";
import { pauseSeconds } from "../../../../functions/ingest/github/rest/pause.ts";
import { GithubRefusal } from "../../../../functions/ingest/github/rest/refusal.ts";
import { runScrape } from "../../../../functions/ingest/github/scrape/run-scrape.ts";
import { differences, emptyStore } from "../../../conformance/github/rows.ts";
import { githubRest, IREE_LIKE, TURBINE_LIKE, toolsFor, whole } from "../../../support/github-rest.ts";
import { recordedRows } from "../../../support/recorded-rows.ts";
import { scratchDatabase } from "../../../support/scratch-database.ts";

const scratch = scratchDatabase();
const rest = githubRest();
beforeEach(() => emptyStore(scratch().pool));

/** Requests of a scrape of the smaller repository that nothing disturbs. */
const UNDISTURBED = 29;

const FAULTS: readonly [string, Misbehaviour, RegExp][] = [
  ["the primary limit", { primaryLimit: { limit: 12, resetSeconds: 1 } }, /^$/],
  ["a secondary limit with Retry-After", { secondaryLimit: { every: 9, retryAfter: 1 } }, /answered 403/],
  ["a secondary limit without", { secondaryLimit: { every: 13 } }, /answered 403/],
  ["a secondary limit as 429", { secondaryLimit: { every: 13, status: 429 } }, /answered 429/],
  ["each seventh request 502", { badGatewayEvery: 7 }, /^$/],
  ["each seventh answer cut", { cutEvery: 7 }, /^$/],
];

test.each(FAULTS)("%s: the rows are the same, and little is asked twice", async (_, misbehaviour, error) => {
  rest().misbehave(misbehaviour);
  const states = new Set<string>();
  const scrape = await runScrape(whole(TURBINE_LIKE), toolsFor(rest(), scratch().db), ({ state }) => states.add(state));
  expect(scrape.state).toBe("done");
  expect(scrape.lastError ?? "").toMatch(error);
  expect(await differences(scratch().pool, recordedRows(TURBINE_LIKE))).toEqual([]);
  expect(rest().requests.length).toBe(scrape.requests);
  const refused = rest().requests.filter(({ status }) => status >= 400).length;
  // A run that was begun is begun anew: at most its attempts and one page of jobs.
  expect(scrape.requests).toBeLessThanOrEqual(UNDISTURBED + 4 * refused + (misbehaviour.cutEvery ? 8 : 0));
  // The primary limit is foreseen.
  if (misbehaviour.primaryLimit !== undefined) expect(refused).toBe(0);
  const waits = misbehaviour.primaryLimit ?? misbehaviour.secondaryLimit;
  expect(states.has("waiting_rate_limit")).toBe(waits !== undefined);
});

test.each([403, 429])("the primary limit used up by others, %i: it waits until the reset", async (status) => {
  let refusedAt = 0;
  rest().refuse = (path) => {
    if (refusedAt > 0 || !path.includes("/actions/runs?")) return undefined;
    refusedAt = Date.now();
    const reset = String(Math.floor(refusedAt / 1_000) + 1);
    return {
      status,
      body: { message: "API rate limit exceeded" },
      headers: { "x-ratelimit-remaining": "0", "x-ratelimit-reset": reset },
    };
  };
  const scrape = await runScrape(whole(TURBINE_LIKE), toolsFor(rest(), scratch().db), ({ state, waitSeconds }) => {
    if (state === "waiting_rate_limit") expect(waitSeconds).toBeGreaterThan(0.5);
  });
  expect(scrape).toMatchObject({
    state: "done",
    requests: UNDISTURBED + 1,
    lastError: expect.stringContaining("rate limit exceeded"),
  });
  expect(await differences(scratch().pool, recordedRows(TURBINE_LIKE))).toEqual([]);
});

test("all at once, on both repositories", { timeout: 120_000 }, async () => {
  rest().misbehave({
    primaryLimit: { limit: 300, resetSeconds: 2 },
    secondaryLimit: { every: 101, retryAfter: 1 },
    badGatewayEvery: 89,
    cutEvery: 97,
  });
  for (const repo of [IREE_LIKE, TURBINE_LIKE])
    expect(await runScrape(whole(repo), toolsFor(rest(), scratch().db))).toMatchObject({ state: "done" });
  expect(await differences(scratch().pool, recordedRows())).toEqual([]);
  expect(rest().requests.length).toBeLessThan(663 + 60);
});

describe("what is of no use is not asked again", () => {
  test("an unknown repository", async () => {
    const scrape = await runScrape(whole("iree-org/nothing"), toolsFor(rest(), scratch().db));
    expect(scrape).toMatchObject({ state: "failed", requests: 1, lastError: "GitHub answered 404: Not Found" });
  });

  test("a wrong token", async () => {
    const own = toolsFor(rest(), scratch().db);
    rest().refuse = () => ({ status: 401, body: { message: "Bad credentials" } });
    expect(await runScrape(whole(IREE_LIKE), own)).toMatchObject({
      state: "failed",
      requests: 1,
      lastError: expect.stringContaining("401"),
    });
  });

  test.each([
    [403, "Resource not accessible by personal access token"],
    [
      403,
      "Although you appear to have the correct authorization credentials, the organization has an IP allow list enabled",
    ],
    [403, "Resource protected by organization SAML enforcement. You must grant your OAuth token access"],
    [403, "Not now"],
    [410, "Gone"],
    [451, "Repository access blocked"],
  ])("%i %s", async (status, message) => {
    rest().refuse = (path) => (path.includes("/actions/") ? { status, body: { message } } : undefined);
    const scrape = await runScrape(whole(IREE_LIKE), toolsFor(rest(), scratch().db));
    const said = `GitHub answered ${status}: ${message}`;
    expect(scrape).toMatchObject({ state: "failed", lastError: `workflows: ${said}; runs: ${said}` });
    expect(rest().requests.filter(({ path }) => path.includes("/actions/"))).toHaveLength(2);
  });
});

test("after ten tries in vain it gives up, and says why", async () => {
  rest().misbehave({ secondaryLimit: { every: 1 } });
  const tools = toolsFor(rest(), scratch().db, { GITHUB_SECONDARY_WAIT_SECONDS: 0.001 });
  const waits: number[] = [];
  const scrape = await runScrape(whole(IREE_LIKE), tools, ({ waitSeconds }) => waits.push(waitSeconds));
  expect(scrape).toMatchObject({
    state: "failed",
    lastError: "given up after 10 tries: GitHub answered 403: You have exceeded a secondary rate limit",
  });
  expect(rest().requests).toHaveLength(10);
  expect(waits).toHaveLength(10);
});

test("waits grow up to an hour, unless GitHub says how long", () => {
  const config = { GITHUB_SECONDARY_WAIT_SECONDS: 60, RETRY_BASE_SECONDS: 5 };
  const limited = (seconds?: number) => new GithubRefusal({ is: "limited", seconds }, "no", 429);
  const waits = Array.from({ length: 10 }, (_, tries) => pauseSeconds(limited(), tries, config));
  expect(waits).toEqual([60, 120, 240, 480, 960, 1_920, 3_600, 3_600, 3_600, undefined]);
  expect([0, 7, 90_000].map((seconds) => pauseSeconds(limited(seconds), 3, config))).toEqual([1, 7, 3_600]);
});

test("an outage of GitHub is waited for some four days, and no longer", () => {
  const config = { GITHUB_SECONDARY_WAIT_SECONDS: 60, RETRY_BASE_SECONDS: 5 };
  const away = new GithubRefusal({ is: "fault", seconds: undefined }, "no", 503);
  const waits = Array.from({ length: 400 }, (_, tries) => pauseSeconds(away, tries, config));
  expect(waits.at(-1)).toBeUndefined();
  const days = waits.slice(0, -1).reduce<number>((sum, seconds) => sum + (seconds ?? 0), 0) / 86_400;
  expect(days).toBeGreaterThan(4);
});

test.each([500, 502, 503])("%i time and again: asked past once at once, then waited for", async (status) => {
  let times = 0;
  rest().refuse = (path) => {
    if (!path.includes("/actions/runs?")) return undefined;
    times += 1;
    return times <= 5 ? { status, body: { message: "Not now" } } : undefined;
  };
  const waits: number[] = [];
  const scrape = await runScrape(whole(TURBINE_LIKE), toolsFor(rest(), scratch().db), ({ tries }) => waits.push(tries));
  expect(scrape).toMatchObject({ state: "done", lastError: `GitHub answered ${status}: Not now` });
  expect(Math.max(...waits)).toBe(2);
  expect([scrape.requests, rest().requests.length]).toEqual([UNDISTURBED + 5, UNDISTURBED + 5]);
  expect(await differences(scratch().pool, recordedRows(TURBINE_LIKE))).toEqual([]);
});

test("an answer that is no list is asked for again, never taken for an empty one", async () => {
  let times = 0;
  rest().refuse = (path) => {
    if (!path.includes("/branches")) return undefined;
    times += 1;
    return times === 1 ? { status: 200, text: "" } : times === 2 ? { status: 200, text: "<html>" } : undefined;
  };
  expect(await runScrape(whole(TURBINE_LIKE), toolsFor(rest(), scratch().db))).toMatchObject({ state: "done" });
  expect(await differences(scratch().pool, recordedRows(TURBINE_LIKE))).toEqual([]);
});

test("a page of another host is never asked for", async () => {
  const port = await freePort();
  let asked = 0;
  const other = createServer((_, response) => {
    asked += 1;
    response.end("[]");
  }).listen(port, "127.0.0.1");
  onTestFinished(() => void other.close());
  rest().refuse = (path) =>
    path.includes("/branches")
      ? { status: 200, body: [], headers: { link: `<http://127.0.0.1:${port}/x>; rel="next"` } }
      : undefined;
  const scrape = await runScrape(whole(TURBINE_LIKE), toolsFor(rest(), scratch().db));
  expect(scrape).toMatchObject({
    state: "failed",
    lastError: `branches: GitHub names another host: 127.0.0.1:${port}`,
  });
  expect(asked).toBe(0);
});
