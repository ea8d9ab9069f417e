import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { testPool } from "../../support/database.ts";
import { storedKernelci } from "../../support/kernelci-objects.ts";
import { ask, seededKernelci } from "../../support/kernelci-reads.ts";

seededKernelci();
const pool = testPool();

const HASH = "cbe797502236f344b9c291d03b2b7903b2153379";
const ATTACKS = [
  ...["'", '"', "\\", "\\'", "%", "_", "$1", "{}", '{"a', "x'; drop table kernelci.tests; --", "') or ('1'='1"],
  ...["' union select null --", "'||(select pg_sleep(30))||'", "1; select pg_sleep(30)", "x\r\nX-Injected: yes"],
  ...["\u0001", "\ud83d\ude00", "x".repeat(300), "__proto__", "constructor", "<script>alert(1)</script>", "a,1"],
];
const FIELDS = [
  ...["architecture", "compiler", "config_name", "build.status", "boot.status", "test.status", "build.duration"],
  ...["duration", "boot.duration", "test.duration", "build.origin", "boot.origin", "test.origin", "origin"],
  ...["test.hardware", "test.lab", "boot.path", "test.path", "boot.platform", "test.platform"],
  ...["issue.culprit", "issue.categories", "issue.options"],
];
const PAGES = ["full", "summary", "builds", "boots", "tests"];

const contents = async () =>
  (
    await pool.query(`select (select count(*) from kernelci.tests where id like 'maestro:%'),
      (select md5(string_agg(b::text, '' order by id)) from kernelci.builds b where id like 'maestro:%'),
      (select count(*) from pg_class where relnamespace = 'kernelci'::regnamespace)`)
  ).rows;

async function expectHarmless(path: string): Promise<void> {
  const answer = await ask(path);
  const text = await answer.text();
  expect([path, answer.status, answer.status === 200 || answer.status === 400]).toEqual([path, answer.status, true]);
  expect(answer.headers.get("x-injected")).toBeNull();
  expect(answer.headers.get("content-type")).toBe("application/json");
  expect(text).not.toMatch(/syntax error|neon|drizzle|pg_catalog/i);
}

test.each(PAGES)("%s match texts of a caller exactly, and do nothing else", { timeout: 60_000 }, async (page) => {
  const before = await contents();
  for (const attack of ATTACKS.map(encodeURIComponent)) {
    const everywhere = FIELDS.map((field) => `filter_${field}=${attack}`).join("&");
    const asked = [
      `/tree/mainline/master/${attack}/${page}`,
      `/tree/${attack}/${attack}/${HASH}/${page}`,
      `/tree/${HASH}/${page}?origin=${attack}&git_url=${attack}&git_branch=${attack}`,
      `/tree/mainline/master/${HASH}/${page}?full_environment_misc=${attack}`,
      `/tree/mainline/master/${HASH}/${page}?${everywhere}`,
      ...["build", "boot", "test"].map(
        (kind) => `/tree/mainline/master/${HASH}/${page}?filter_${kind}.issue=${attack},1`,
      ),
      `/tree/mainline/master/${HASH}/${page}?filter_${attack}=x&filter_test.status_%5B${attack}%5D=x`,
    ];
    for (let at = 0; at < asked.length; at += 9) await Promise.all(asked.slice(at, at + 9).map(expectHarmless));
  }
  expect(await contents()).toEqual(before);
});

test("list and latest match texts of a caller exactly, and do nothing else", async () => {
  const before = await contents();
  for (const attack of ATTACKS.map(encodeURIComponent))
    for (const path of [
      `/tree/?origin=${attack}`,
      `/tree/?interval_in_days=${attack}`,
      `/tree/${attack}/${attack}`,
      `/tree/mainline/master?origin=${attack}`,
      `/tree/mainline/master?commit_hash=${attack}`,
    ])
      await expectHarmless(path);
  expect(await contents()).toEqual(before);
});

test("characters that cannot be stored are refused", async () => {
  for (const path of [
    "/tree/mainline/%00",
    `/tree/mainline/master/${HASH}/full?git_branch=%00`,
    `/tree/mainline/master/${HASH}/tests?filter_test.status=%00`,
    `/tree/mainline/master/${HASH}/tests?filter_%00=x`,
  ]) {
    const answer = await ask(path);
    expect([path, answer.status, await answer.json()]).toEqual([path, 400, { error: expect.any(String) }]);
  }
});

test("a thousand values of one filter are one parameter", async () => {
  const many = Array.from({ length: 700 }, (_, n) => `filter_test.status=S${n}`).join("&");
  const answer = await ask(`/tree/mainline/master/${HASH}/tests?${many}`);
  expect([answer.status, await answer.json()]).toEqual([200, { tests: [] }]);
});

const ours = `ours${randomBytes(4).toString("hex")}`;
const theirs = `theirs${randomBytes(4).toString("hex")}`;
const hash = randomBytes(20).toString("hex");
const objects = [ours, theirs].map((origin) => ({
  checkout: { id: `${origin}:c`, origin, tree_name: "shared", git_repository_branch: "b", git_commit_hash: hash },
  build: { id: `${origin}:b`, origin, checkout_id: `${origin}:c`, status: "PASS" },
}));
storedKernelci({
  checkouts: objects.map(({ checkout }) => ({ ...checkout, start_time: "2025-02-03T10:00:00Z" })),
  builds: objects.map(({ build }) => build),
});

test("the same commit of another origin stays out of every page", async () => {
  for (const page of PAGES) {
    const text = await (await ask(`/tree/shared/b/${hash}/${page}?origin=${ours}`)).text();
    expect([page, text.includes(theirs)]).toEqual([page, false]);
  }
});
