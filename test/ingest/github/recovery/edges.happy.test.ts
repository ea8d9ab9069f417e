import { generateKeyPairSync } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { upsertLoggedDeliveries } from "../../../../db/upserts/github/failed-deliveries.ts";
import { readLog } from "../../../../functions/ingest/github/recovery/read-log.ts";
import { redeliver } from "../../../../functions/ingest/github/recovery/redeliver.ts";
import { repairRuns } from "../../../../functions/ingest/github/recovery/repair-runs.ts";
import { githubAccess } from "../../../../functions/ingest/github/rest/access.ts";
import { GITHUB_SETTINGS } from "../../../../functions/ingest/github/settings.ts";
import { emptyStore } from "../../../conformance/github/rows.ts";
import { githubRest, IREE_LIKE, servedRepository, toolsFor } from "../../../support/github-rest.ts";
import { scratchDatabase } from "../../../support/scratch-database.ts";
import { storeDelivery } from "../../../support/store-delivery.ts";

const pem = { type: "pkcs8", format: "pem" } as const;
const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2_048 });
const scratch = scratchDatabase();
const rest = githubRest();
const restOfApp = githubRest({
  app: { id: "4711", publicKey: publicKey.export({ type: "spki", format: "pem" }).toString() },
});
beforeEach(() => emptyStore(scratch().pool));

const served = () => servedRepository(rest(), IREE_LIKE);
const rows = async (query: string) => (await scratch().pool.query(query)).rows;
const paths = () => rest().requests.map(({ method, path, status }) => `${method} ${status} ${path}`);

/** Reads a webhook's log to its end and asks for what failed, as the consumer's messages do. */
async function recoverHook(hook: string, tools = toolsFor(rest(), scratch().db)) {
  const resources = tools;
  let next = await readLog({ v: 1, job: "log", hook, page: null, newest: null, tries: 0 }, resources);
  while (next[0]?.job === "log") next = await readLog(next[0], resources);
  while (next[0]?.job === "redeliver") next = await redeliver(next[0], resources);
}

/** The failed deliveries of the recorded log. */
const failed = () => served().deliveries.filter(({ status }) => status !== "OK");

describe("a repository that was renamed", () => {
  const HOOK = "iree-org/old-name:4711";

  test("its webhook's failures are asked for by the repository's id", async () => {
    await recoverHook(HOOK);
    expect(rest().redelivered.length).toBe(failed().length);
    expect(paths().slice(0, 2)).toEqual(["GET 301 /repos/iree-org/old-name", "GET 200 /repositories/700100200"]);
    const later = paths().slice(2);
    expect(later.every((path) => path.includes(" /repositories/700100200/hooks/4711/deliveries"))).toBe(true);
  });

  test("once known, the webhook is its repository's, even when another one takes the name", async () => {
    await recoverHook(HOOK);
    rest().formerNames.set("iree-org/old-name", 700100300);
    const before = rest().requests.length;
    await recoverHook(HOOK);
    expect(
      rest()
        .requests.slice(before)
        .map(({ path }) => path.split("?")[0]),
    ).toEqual(["/repositories/700100200/hooks/4711/deliveries"]);
  });

  test("a request that is redirected keeps its method", async () => {
    const api = await toolsFor(rest(), scratch().db).github.forRepository("iree-org/old-name");
    const [item] = failed();
    await api.post(`/repos/iree-org/old-name/hooks/4711/deliveries/${item?.id}/attempts`);
    expect(rest().redelivered).toEqual([item?.id]);
    expect(paths().map((path) => path.slice(0, 8))).toEqual(["POST 307", "POST 202"]);
  });

  test("its unfinished runs are read", async () => {
    const { repo, runs } = served();
    const run = runs.find(({ status }) => status === "completed");
    const repository = { ...repo, full_name: "iree-org/old-name" };
    const open = { ...run, status: "in_progress", conclusion: null };
    await storeDelivery(scratch().db, "workflow_run", { repository, workflow_run: open });
    await repair();
    expect(await rows("select status from workflowruns")).toEqual([{ status: "completed" }]);
  });
});

const repair = () => {
  const { db, github } = toolsFor(rest(), scratch().db);
  return repairRuns({ db, github, config: { GITHUB_STALE_HOURS: 3 } });
};

test("a run whose repository lost its name to another is read by the id", async () => {
  const { repo, runs } = served();
  const run = runs.find(({ status }) => status === "completed");
  await storeDelivery(scratch().db, "workflow_run", {
    repository: repo,
    workflow_run: { ...run, status: "queued", conclusion: null },
  });
  const taker = { ...repo, id: 5, updated_at: "2026-01-01T00:00:00Z" };
  await storeDelivery(scratch().db, "push", { ref: "refs/heads/main", before: "0", after: "a", repository: taker });
  await repair();
  expect(await rows("select status from workflowruns")).toEqual([{ status: "completed" }]);
  expect(rest().requests[0]?.path).toBe(`/repositories/${repo.id}/actions/runs/${run?.id}`);
});

test("while the repository itself does not answer, a 404 does not end the asking for a run", async () => {
  const { repo, runs } = served();
  await storeDelivery(scratch().db, "workflow_run", {
    repository: repo,
    workflow_run: { ...runs[0], status: "queued", conclusion: null },
  });
  rest().refuse = () => ({ status: 404, body: { message: "Not Found" } });
  await repair();
  expect(await rows("select gone from github.run_repairs")).toEqual([{ gone: false }]);
  expect(await rows("select status from workflowruns")).toEqual([{ status: "queued" }]);
});

describe("webhooks of organisations and apps", () => {
  test("an organisation's failures are asked for, with a token", async () => {
    await recoverHook("org:iree-org:12");
    expect(rest().redelivered.length).toBe(failed().length);
    expect(rest().requests.every(({ path }) => path.startsWith("/orgs/iree-org/hooks/12/deliveries"))).toBe(true);
  });

  test.each(["org:iree-org:12", "app"])("the failures of %s are asked for as an app", async (hook) => {
    const key = privateKey.export(pem).toString();
    const github = githubAccess({
      GITHUB_API_URL: restOfApp().url,
      GITHUB_APP_ID: "4711",
      GITHUB_APP_PRIVATE_KEY: key,
    });
    await recoverHook(hook, { ...toolsFor(restOfApp(), scratch().db), github });
    expect(restOfApp().redelivered.length).toBe(failed().length);
    expect(restOfApp().requests.every(({ status }) => status < 300)).toBe(true);
  });

  test("the settings take them, and nothing else", () => {
    const { GITHUB_HOOKS } = GITHUB_SETTINGS;
    expect(GITHUB_HOOKS.parse("o/r:1, org:acme:2 app")).toEqual(["o/r:1", "org:acme:2", "app"]);
    for (const wrong of ["org:acme", "acme:2", "o/r", "apps"])
      expect(GITHUB_HOOKS.safeParse(wrong).success).toBe(false);
  });
});

describe("a delivery with an id beyond 2^53", () => {
  test("is asked for to the digit", async () => {
    const [item] = failed();
    Object.assign(item ?? {}, { id: JSON.rawJSON("9007199254740993") });
    await recoverHook(`${IREE_LIKE}:1`);
    expect(paths()).toContain("POST 202 /repositories/700100200/hooks/1/deliveries/9007199254740993/attempts");
    expect(rest().redelivered.length).toBe(9);
  });

  test("of two redeliveries the later one is asked for, though a double does not tell them apart", async () => {
    const [item, other] = failed();
    Object.assign(item ?? {}, { id: JSON.rawJSON("9007199254740993") });
    served().deliveries.unshift({
      ...other,
      ...item,
      guid: String(item?.guid),
      id: Object(JSON.rawJSON("9007199254740992")),
    });
    await recoverHook(`${IREE_LIKE}:1`);
    const asked = paths().filter((path) => path.includes("/90071992547409"));
    expect(asked).toEqual(["POST 202 /repositories/700100200/hooks/1/deliveries/9007199254740993/attempts"]);
  });
});

describe("tries", () => {
  const HOOK = `${IREE_LIKE}:1`;
  const tries = () =>
    rows("select tries::int, gone from github.failed_deliveries where not succeeded order by tries, gone");

  test.each([
    ["502", { status: 502, body: {} }],
    ["a redirect to nowhere", { status: 302, body: {}, headers: { location: "/elsewhere" } }],
    ["a missing right", { status: 403, body: { message: "Resource not accessible by x" } }],
  ])("one that GitHub answers with %s is not counted", async (_, answer) => {
    rest().refuse = (path) => (path.endsWith("/attempts") ? answer : undefined);
    await expect(recoverHook(HOOK)).rejects.toThrow();
    expect((await tries()).every((row) => row.tries === 0 && !row.gone)).toBe(true);
    expect(await rows("select from github.failed_deliveries where asked_at is not null")).toEqual([]);
  });

  test("a 404 does not give deliveries up while the webhook's log does not answer either", async () => {
    rest().refuse = (path) =>
      path.endsWith("/attempts") || path.endsWith("per_page=1")
        ? { status: 404, body: { message: "Not Found" } }
        : undefined;
    await expect(recoverHook(HOOK)).rejects.toThrow("404");
    expect((await tries()).every((row) => row.tries === 0 && !row.gone)).toBe(true);
  });

  test("a delivery that GitHub no longer has is given up, and only that", async () => {
    const [old] = failed();
    rest().refuse = (path) =>
      path.includes(`/${old?.id}/attempts`) ? { status: 404, body: { message: "Not Found" } } : undefined;
    await recoverHook(HOOK);
    expect(await rows("select guid from github.failed_deliveries where gone")).toEqual([{ guid: old?.guid }]);
  });

  test.each([
    ["nobody answered", 0, 1],
    ["the queue was away", 503, 1],
    ["the signature was refused", 401, 0],
  ])("after five redeliveries of which %s, it is asked for %i: %i", async (_, lastStatus, asked) => {
    const logged = {
      hook: HOOK,
      guid: "g",
      deliveryId: 1,
      deliveredAt: "2026-01-01T00:00:00Z",
      succeeded: false,
      redelivered: true,
    };
    await upsertLoggedDeliveries(scratch().db, [{ ...logged, lastStatus }]);
    await scratch().pool.query("update github.failed_deliveries set tries = 5");
    rest().refuse = (path) => (path.endsWith("/attempts") ? { status: 202, body: {} } : undefined);
    await redeliver({ v: 1, job: "redeliver", hook: HOOK, tries: 0 }, toolsFor(rest(), scratch().db));
    expect(paths().filter((path) => path.startsWith("POST"))).toHaveLength(asked);
  });
});
