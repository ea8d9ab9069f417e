import { expect, test } from "vitest";
import { testPool } from "../../../support/database.ts";
import { askHardware, ownHardware } from "../../../support/kernelci-hardware.ts";
import { ask } from "../../../support/kernelci-reads.ts";

const { origin, platform, url, body } = ownHardware();
const pool = testPool();

const PAYLOADS = [
  ...["'", '"', "\\", ";", "--", "%", "_", "$1", "{}", "{a,b}", "__proto__", "constructor", "' or '1'='1"],
  ...["x'; drop table kernelci.tests; --", "' union select null --", "1; select pg_sleep(30)", "x\r\nX-Injected: yes"],
  ...["1e309", "NaN", "-1", "9223372036854775808", "x".repeat(3_000), "<script>alert(1)</script>", "\ud83d\ude00"],
];
const PAGES = ["", "summary", "builds", "boots", "tests"];
const FIELDS = [
  ...[
    "architecture",
    "compiler",
    "config_name",
    "test.hardware",
    "test.lab",
    "build.status",
    "boot.status",
    "test.status",
  ],
  ...["duration_[gte]", "boot.duration_[lte]", "test.path", "boot.path", "test.platform", "build.origin"],
  ...["build.issue", "boot.issue", "test.issue", "__proto__"],
];

/** A fingerprint of everything that the pages read. */
async function contents(): Promise<unknown> {
  const { rows } = await pool.query(
    `select (select md5(string_agg(t::text, '' order by id)) from kernelci.tests t where origin = $1),
      (select count(*) from kernelci.hardware_tests_rollup where test_origin = $1),
      (select count(*) from pg_class where relnamespace = 'kernelci'::regnamespace)`,
    [origin],
  );
  return rows;
}

async function expectHarmless(what: string, payload: string, answer: Response): Promise<void> {
  expect(answer.headers.get("x-injected")).toBeNull();
  expect([what, payload, answer.status < 500]).toEqual([what, payload, true]);
  const own = (await answer.text()).replaceAll(JSON.stringify(payload).slice(1, -1), "");
  expect(own).not.toMatch(/syntax error|pg_|drizzle|kernelci\.tests/i);
}

test.each(PAGES)("no payload in a request for /%s does more than match exactly", { timeout: 60_000 }, async (page) => {
  const before = await contents();
  for (const payload of PAYLOADS) {
    const requests = [
      askHardware(payload, page, body()),
      askHardware(platform, page, body({ origin: payload })),
      askHardware(platform, page, body({ startTimestampInSeconds: payload })),
      askHardware(platform, page, body({ selectedCommits: { "0": payload, [payload]: "head" } })),
      askHardware(
        platform,
        page,
        body({ filter: Object.fromEntries(FIELDS.map((field) => [`filter_${field}`, [payload]])) }),
      ),
      askHardware(platform, page, body({ filter: { [`filter_${payload}`]: payload } })),
    ];
    for (const [at, answer] of (await Promise.all(requests)).entries()) await expectHarmless(`${at}`, payload, answer);
  }
  expect(await contents()).toEqual(before);
});

test("nor does one in lists, selectors, revisions and commit histories", { timeout: 60_000 }, async () => {
  const before = await contents();
  const revision = ["tree_name", "git_repository_url", "git_repository_branch", "git_commit_hash", "origin"];
  for (const payload of PAYLOADS) {
    const text = encodeURIComponent(payload);
    const head = { treeName: payload, repositoryUrl: url, branch: payload, commitHash: payload };
    const requests = [
      ...["startTimestampInSeconds", "commitsList", "origin"].map((name) =>
        ask(`/hardware/?startTimestampInSeconds=1&endTimestampInSeconds=2000000000&${name}=${text}`),
      ),
      ask(`/hardware/selectors/?origin=${text}`),
      ask(`/hardware-by-revision/?${revision.map((name) => `${name}=${text}`).join("&")}`),
      askHardware(platform, "commit-history", body({ commitHeads: [head], origin: payload })),
    ];
    for (const [at, answer] of (await Promise.all(requests)).entries()) await expectHarmless(`${at}`, payload, answer);
  }
  expect(await contents()).toEqual(before);
});

test("a body of more than a mebibyte is refused unread", async () => {
  const answer = await askHardware(platform, "summary", body({ filter: { filter_x: "x".repeat(1_100_000) } }));
  expect(answer.status).toBe(413);
});
