import { expect, test } from "vitest";
import { testPool } from "../../support/database.ts";
import { IREE, RunList, read, seeded } from "../../support/github-reads.ts";
import { PAYLOADS } from "../../support/payloads.ts";

seeded();
const pool = testPool();

const RUNS = `${IREE}/actions/runs`;
const FILTERS = [
  ...["actor", "branch", "event", "status", "created", "head_sha", "check_suite_id", "exclude_pull_requests"].map(
    (name) => `${RUNS}?${name}=`,
  ),
  `${RUNS}?per_page=`,
  `${RUNS}?page=`,
  `${RUNS}?created=2025-03-01..`,
  `${RUNS}?created=%3E%3D`,
  `${RUNS}?branch=main&event=`,
  `${IREE}/actions/workflows/ci.yml/runs?branch=`,
  `${IREE}/branches?protected=`,
  ...["sha", "author", "since", "until"].map((name) => `${IREE}/commits?${name}=`),
  `${RUNS}/13401005144/jobs?filter=`,
];
const PATHS = [
  "/repos/iree-org/",
  "/repositories/",
  `${IREE}/branches/`,
  `${IREE}/commits/`,
  `${IREE}/actions/workflows/`,
  `${RUNS}/`,
  `${RUNS}/13401005144/attempts/`,
  `${IREE}/actions/jobs/`,
];

/** A fingerprint of everything the API reads. */
async function contents(): Promise<unknown> {
  const { rows } = await pool.query(`
    select (select count(*) from github.repos where not deleted), (select md5(string_agg(r::text, '' order by run_id)) from github.runs r),
      (select count(*) from github.attempts), (select count(*) from github.jobs), (select count(*) from github.workflows),
      (select count(*) from github.branches), (select count(*) from github.commits), (select sum(total) from github.run_counts),
      (select count(*) from pg_class)`);
  return rows;
}

/** Reads a path with each payload in turn at its end, ten at a time. */
async function eachPayload(path: string, check: (payload: string, answer: Response, text: string) => void) {
  for (let at = 0; at < PAYLOADS.length; at += 10) {
    const part = PAYLOADS.slice(at, at + 10).map(async (payload) => {
      const answer = await read(path + encodeURIComponent(payload));
      const text = await answer.text();
      const own = text.replaceAll(JSON.stringify(payload).slice(1, -1), "");
      expect(answer.headers.get("x-injected")).toBeNull();
      expect(own).not.toMatch(/syntax error|pg_|neon|drizzle|github\.runs/i);
      check(payload, answer, text);
    });
    await Promise.all(part);
  }
}

test.each(FILTERS)("no payload in %s does more than match exactly", { timeout: 20_000 }, async (path) => {
  const before = await contents();
  const isExact = /[?&](actor|branch|event|head_sha)=$/.test(path);
  await eachPayload(path, (payload, { status }, text) => {
    expect([payload, [200, 404, 422].includes(status)]).toEqual([payload, true]);
    if (isExact && status === 200) expect(RunList.parse(JSON.parse(text)).total_count).toBe(0);
  });
  expect(await contents()).toEqual(before);
});

test.each(PATHS)("no payload below %s names anything", { timeout: 20_000 }, async (path) => {
  const before = await contents();
  await eachPayload(path, (payload, { status }) =>
    expect([payload, [404, 422].includes(status)]).toEqual([payload, true]),
  );
  expect(await contents()).toEqual(before);
});

test("the name of a parameter injects no more than its value", async () => {
  await eachPayload(`${RUNS}?per_page=1&`, (payload, { status }, text) => {
    const { total_count: total } = RunList.parse(JSON.parse(text));
    expect([payload, status, total]).toEqual([payload, 200, 600]);
  });
});
