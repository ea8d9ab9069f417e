import { generateKeyPairSync } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { githubAccess } from "../../../functions/ingest/github/rest/access.ts";
import { runScrape } from "../../../functions/ingest/github/scrape/run-scrape.ts";
import { differences, emptyStore } from "../../conformance/github/rows.ts";
import { githubRest, TURBINE_LIKE, toolsFor, whole } from "../../support/github-rest.ts";
import { recordedRows } from "../../support/recorded-rows.ts";
import { scratchDatabase } from "../../support/scratch-database.ts";

const scratch = scratchDatabase();
const pem = { type: "pkcs8", format: "pem" } as const;
const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2_048 });
const key = privateKey.export(pem).toString();
const rest = githubRest({
  app: { id: "4711", publicKey: publicKey.export({ type: "spki", format: "pem" }).toString() },
});
beforeEach(() => emptyStore(scratch().pool));

const asApp = (change: object = {}) =>
  githubAccess({ GITHUB_API_URL: rest().url, GITHUB_APP_ID: "4711", GITHUB_APP_PRIVATE_KEY: key, ...change });
const scrapeWith = (github: ReturnType<typeof githubAccess>) =>
  runScrape(whole(TURBINE_LIKE), { ...toolsFor(rest(), scratch().db), github });

describe("as a GitHub App", () => {
  test("the installation is looked up and one token serves the whole scrape", async () => {
    expect(await scrapeWith(asApp())).toMatchObject({ state: "done" });
    expect(await differences(scratch().pool, recordedRows(TURBINE_LIKE))).toEqual([]);
    expect(rest().app?.tokens.size).toBe(1);
    expect(
      rest()
        .requests.slice(0, 3)
        .map(({ path }) => path),
    ).toEqual([
      `/repos/${TURBINE_LIKE}/installation`,
      "/app/installations/77001/access_tokens",
      `/repos/${TURBINE_LIKE}`,
    ]);
  });

  test("a key with written line breaks, as settings often hold it, will do", async () => {
    const written = key.replaceAll("\n", "\\n");
    expect(await scrapeWith(asApp({ GITHUB_APP_PRIVATE_KEY: written }))).toMatchObject({ state: "done" });
  });

  test("the app's own delivery log is read with its own signature", async () => {
    const answer = await asApp().asApp?.get("/app/hook/deliveries?per_page=100");
    expect(answer).toMatchObject({ value: expect.any(Array) });
  });

  test("where it is not installed, the scrape says so", async () => {
    rest().refuse = (path) =>
      path.endsWith("/installation") ? { status: 404, body: { message: "Not Found" } } : undefined;
    expect(await scrapeWith(asApp())).toMatchObject({
      state: "failed",
      lastError: `the app is not installed on ${TURBINE_LIKE}, or the repository does not exist`,
    });
  });

  test("an id without a key, or a key without an id, is told instead of asking as nobody", async () => {
    for (const half of [{ GITHUB_APP_ID: undefined }, { GITHUB_APP_PRIVATE_KEY: undefined }])
      expect(await scrapeWith(asApp(half))).toMatchObject({
        state: "failed",
        requests: 0,
        lastError: "GITHUB_APP_ID and GITHUB_APP_PRIVATE_KEY belong together",
      });
    expect(rest().requests).toEqual([]);
  });
});

test("a token comes before the app; without either GitHub is asked as anybody", async () => {
  const seen: (string | undefined)[] = [];
  rest().onRequest = (_, { authorization }) => void seen.push(authorization);
  await expect(
    (await asApp({ GITHUB_TOKEN: "ghp_x" }).forRepository(TURBINE_LIKE)).get("/repos/a/b"),
  ).rejects.toThrow();
  const nobody = githubAccess({ GITHUB_API_URL: rest().url });
  await expect((await nobody.forRepository(TURBINE_LIKE)).get("/repos/a/b")).rejects.toThrow("401");
  expect(seen).toEqual(["token ghp_x", undefined]);
  expect([nobody.isSignedIn, asApp().isSignedIn]).toEqual([false, true]);
});
