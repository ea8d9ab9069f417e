import { beforeAll, expect, test } from "vitest";
import type { Database } from "../../../db/client.ts";
import { testsOfBuild } from "../../../db/queries/kernelci/build-tests.ts";
import { issueExtras } from "../../../db/queries/kernelci/issue/extras.ts";
import { issuesStored } from "../../../db/queries/kernelci/issue/issues.ts";
import { issuesSeenOn } from "../../../db/queries/kernelci/issues-seen-on.ts";
import { statusHistoryOf } from "../../../db/queries/kernelci/status-history.ts";
import { rowsRead } from "../../support/rows-read.ts";
import { scratchDatabase } from "../../support/scratch-database.ts";

const TESTS = 60_000;
const scratch = scratchDatabase();

beforeAll(async () => {
  const { pool } = scratch();
  await pool.query(`
    insert into kernelci.checkouts (_timestamp, id, origin, tree_name, git_repository_url, git_repository_branch, git_commit_hash, start_time)
    select at, 'c' || n, 'maestro', 'tree' || n % 20, 'https://example.org/' || n % 20, 'main', md5(n::text), at
    from generate_series(1, 600) n, lateral (select timestamptz '2025-05-01' - n * interval '1 hour' as at) t;
    insert into kernelci.builds (_timestamp, id, origin, checkout_id, config_name, status, start_time)
    select at, 'b' || n, 'maestro', 'c' || n % 600 + 1, 'config' || n / 600, 'PASS', at
    from generate_series(0, 2999) n, lateral (select timestamptz '2025-05-01' - n % 600 * interval '1 hour' as at) t;
    insert into kernelci.tests (_timestamp, id, origin, build_id, path, status, start_time, environment_misc)
    select at, 't' || n, 'maestro', 'b' || n % 3000, 'suite.' || n / 3000, 'PASS', at, jsonb_build_object('platform', 'p' || n / 3000 % 4)
    from generate_series(0, ${TESTS - 1}) n, lateral (select timestamptz '2025-05-01' - n % 600 * interval '1 hour' as at) t;
    insert into kernelci.issues (_timestamp, id, origin, version)
    select timestamptz '2025-05-01' - n * interval '10 minutes', 'i' || n, 'maestro', 1 from generate_series(1, 3000) n;
    insert into kernelci.incidents (_timestamp, id, origin, issue_id, issue_version, test_id)
    select timestamptz '2025-05-01' - n * interval '1 minute', 'n' || n, 'maestro', 'i' || case when n % 2 = 0 then 1 else n % 3000 end, 1, 't' || n
    from generate_series(1, 30000) n`);
  await pool.query("vacuum analyze");
});

const history = {
  path: "suite.7",
  origin: "maestro",
  repositoryUrl: "https://example.org/5",
  branch: "main",
  config: "config2",
  platform: "p3",
  startedUntil: "2025-05-01T00:00:00Z",
  size: 10,
};
const unfiltered = { origins: [], culprits: [], categories: [], options: [] };
const day = { since: "2025-04-30T00:00:00Z", until: "2025-05-01T00:00:00Z" };

/** Each question with how many rows of a table it may look at, where that table holds tens of thousands. */
const QUESTIONS: Record<string, [ask: (db: Database) => Promise<unknown>, table: string, most: number]> = {
  "a status history": [(db) => statusHistoryOf(db, history), "tests", 3_100],
  "a status history that finds nothing": [(db) => statusHistoryOf(db, { ...history, path: "none" }), "tests", 3_100],
  "the issues of a day": [(db) => issuesStored(db, day, unfiltered), "issues", 200],
  "the incidents of a day's issues": [(db) => issuesStored(db, day, unfiltered), "incidents", 1_000],
  "the tests of a build": [(db) => testsOfBuild(db, "b7"), "tests", 20],
  "the issues of a test": [(db) => issuesSeenOn(db, { testId: "t7" }), "incidents", 1],
  "where a rare issue was seen": [(db) => issueExtras(db, [["i7", 1]]), "incidents", 100],
};

test.each(Object.entries(QUESTIONS))("%s is found by an index", async (_, [ask, table, most]) => {
  const read = await rowsRead(scratch().db, ask);
  expect(read[table] ?? 0, JSON.stringify(read)).toBeLessThanOrEqual(most);
});
