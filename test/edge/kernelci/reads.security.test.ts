import { expect, test } from "vitest";
import { testPool } from "../../support/database.ts";
import { ask, seededKernelci } from "../../support/kernelci-reads.ts";

seededKernelci();
const pool = testPool();

const PAYLOADS = [
  ...["'", "''", '"', "\\", "\\'", "`", ";", "--", "/*", "%", "_", "$1", "?", "@>", "{}", "[]", "null", "__proto__"],
  ...["' or '1'='1", "') or ('1'='1", "x'; drop table kernelci.tests; --", "x' union select null --"],
  ...["1; select pg_sleep(30)", "'||(select pg_sleep(30))||'", "' and 1=cast((select current_user) as int) --"],
  ...["x\nx", "x\r\nX-Injected: yes", "\u0001", "ＭＡＩＮ", "\ud83d\ude00", "../../etc/passwd", "%00", "%zz", "%c0%a7"],
  ...["1e309", "NaN", "-1", "9223372036854775808", "x".repeat(3_000), '{"$ne": null}', "<script>alert(1)</script>"],
];

const HISTORY = "/test/status-history?path=boot&git_repository_url=u&git_repository_branch=b&config_name=c&";
const PLACES = [
  ...[
    "/build/",
    "/test/",
    "/issue/",
    "/issue/maestro:issue-build-1?version=",
    "/issue/maestro:issue-build-1/tests?version=",
  ],
  ...["path", "origin", "git_repository_url", "git_repository_branch", "config_name", "platform", "group_size"].map(
    (name) => `${HISTORY}${name}=`,
  ),
  ...["current_test_start_time", "field_timestamp"].map((name) => `${HISTORY}${name}=`),
  ...[
    "startTimestampInSeconds",
    "endTimestampInSeconds",
    "interval_in_days",
    "filter_origin",
    "filter_issue.culprit",
  ].map((name) => `/issue/?${name}=`),
  ...[
    "/issue/?filter_issue.categories=",
    "/issue/?filter_issue.options=",
    "/issue/?filter_",
    "/schema/?format=",
    "/origins/?interval_in_days=",
  ],
];

/** A fingerprint of everything the API reads. */
async function contents(): Promise<unknown> {
  const { rows } = await pool.query(`
    select (select md5(string_agg(t::text, '' order by id)) from kernelci.tests t where id like 'maestro:%'),
      (select count(*) from kernelci.builds where id like 'maestro:%'), (select count(*) from kernelci.incidents where id like 'maestro:%'),
      (select md5(string_agg(i::text, '' order by id)) from kernelci.issues i where id like 'maestro:%'), (select count(*) from pg_class where relnamespace = 'kernelci'::regnamespace)`);
  return rows;
}

function expectHarmless(place: string, payload: string, answer: Response, text: string): void {
  expect(answer.headers.get("x-injected")).toBeNull();
  expect([place, payload, answer.status, answer.status < 500]).toEqual([place, payload, answer.status, true]);
  const own = text.replaceAll(JSON.stringify(payload).slice(1, -1), "");
  expect(own).not.toMatch(/syntax error|pg_|neon|drizzle|kernelci\.tests/i);
}

test.each(PLACES)("no payload at %s does more than match exactly", { timeout: 20_000 }, async (place) => {
  const before = await contents();
  for (let at = 0; at < PAYLOADS.length; at += 8) {
    const part = PAYLOADS.slice(at, at + 8).map(async (payload) => {
      const answer = await ask(place + encodeURIComponent(payload));
      expectHarmless(place, payload, answer, await answer.text());
    });
    await Promise.all(part);
  }
  expect(await contents()).toEqual(before);
});

test("no payload in a body does more than match exactly", async () => {
  const before = await contents();
  for (const payload of PAYLOADS) {
    const answer = await ask("/issue/extras/", { method: "POST", body: JSON.stringify({ issues: [[payload, 1]] }) });
    const text = await answer.text();
    expectHarmless("body", payload, answer, text);
    expect(answer.status).toBe(200);
    expect(JSON.parse(text)).toEqual({ error: expect.any(String) });
  }
  expect(await contents()).toEqual(before);
});
