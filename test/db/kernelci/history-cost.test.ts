import { beforeAll, expect, test } from "vitest";
import type { Database } from "../../../db/client.ts";
import { differingBuilds, differingTests } from "../../../db/queries/kernelci/compare/differences.ts";
import { comparisonOf } from "../../../db/queries/kernelci/compare/summary.ts";
import { reportOf } from "../../../db/queries/kernelci/report/report.ts";
import { commitsOf } from "../../../db/queries/kernelci/tree/commit-list.ts";
import { commitsHistoryOf } from "../../../db/queries/kernelci/tree/commits-history.ts";
import { historyOf } from "../../../db/queries/kernelci/tree/history.ts";
import { noFilters } from "../../../functions/edge/kernelci/http/filters.ts";
import { rowsRead } from "../../support/rows-read.ts";
import { scratchDatabase } from "../../support/scratch-database.ts";

/** Twenty trees of 30 commits, each with 5 builds of 20 tests. */
const TESTS_OF_COMMIT = 100;
const BUILDS_OF_COMMIT = 5;
const CHECKOUTS_OF_TREE = 30;
const scratch = scratchDatabase();

beforeAll(async () => {
  const { pool } = scratch();
  await pool.query(`
    insert into kernelci.checkouts (_timestamp, id, origin, tree_name, git_repository_url, git_repository_branch, git_commit_hash, start_time)
    select at, 'c' || n, 'maestro', 'tree' || n % 20, 'https://example.org/' || n % 20, 'main', 'hash' || n, at
    from generate_series(0, 599) n, lateral (select now() - n * interval '1 hour' as at) t;
    insert into kernelci.builds (_timestamp, id, origin, checkout_id, config_name, status, start_time)
    select c._timestamp, 'b' || c.id || '-' || n, 'maestro', c.id, 'config' || n, case n when 1 then 'FAIL' else 'PASS' end, c.start_time
    from kernelci.checkouts c, generate_series(1, 5) n;
    insert into kernelci.tests (_timestamp, id, origin, build_id, path, status, start_time, environment_misc)
    select b._timestamp, 't' || b.id || '-' || n, 'maestro', b.id, 'suite.' || n, case n when 1 then 'FAIL' else 'PASS' end,
      b.start_time, jsonb_build_object('platform', 'p' || n % 4)
    from kernelci.builds b, generate_series(1, 20) n;
    insert into kernelci.issues (_timestamp, id, origin, version) select now(), 'i' || n, 'maestro', 1 from generate_series(1, 300) n;
    insert into kernelci.incidents (_timestamp, id, origin, issue_id, issue_version, test_id)
    select now(), 'n' || id, 'maestro', 'i' || 1 + abs(hashtext(id)) % 300, 1, id from kernelci.tests where status = 'FAIL'`);
  await pool.query("vacuum analyze");
});

const branch = { origin: "maestro", tree: "tree7", branch: "main", url: "" };
const address = { ...branch, commit: "hash7" };
const compared = { ...branch, a: "hash27", b: "hash7" };
const types = { builds: true, boots: true, tests: true };
const filters = noFilters();
const withIssue = { ...filters, test: { ...filters.test, issues: [{ id: "i3", version: 1 }] } };
const plain = { filters, types, onlyBuildsOfTests: false, range: undefined };
const report = {
  origin: "maestro",
  url: "https://example.org/7",
  branch: "main",
  tree: undefined,
  paths: [],
  groupSize: 3,
};

/** Each question with how many commits' rows it may look at. */
const QUESTIONS: Record<string, [ask: (db: Database) => Promise<unknown>, commits: number]> = {
  "the commits of a branch": [(db) => commitsOf(db, branch), 0],
  "a history": [(db) => historyOf(db, { ...plain, address }), 6],
  "a history by repository": [
    (db) => historyOf(db, { ...plain, address: { ...address, tree: undefined, url: report.url } }),
    6,
  ],
  "a history of builds": [
    (db) => historyOf(db, { ...plain, address, types: { builds: true, boots: false, tests: false } }),
    6,
  ],
  "a history by issue": [(db) => historyOf(db, { ...plain, address, filters: withIssue }), 6],
  "chosen commits": [
    (db) =>
      commitsHistoryOf(db, { commits: ["hash7", "hash27"], address: branch, filters, types, onlyBuildsOfTests: false }),
    2,
  ],
  "a comparison": [(db) => comparisonOf(db, compared), 2],
  "builds that differ": [(db) => differingBuilds(db, compared, filters), 2],
  "tests that differ": [(db) => differingTests(db, compared, filters, "tests"), 2],
  // Four checkouts of this branch lie in the last 72 hours, and the newest is looked at twice.
  "a report": [(db) => reportOf(db, { ...report, age: { least: 0, most: 72 }, historyHours: 72 }), 5],
};

test.each(Object.entries(QUESTIONS))("%s reads only what it is about", async (_, [ask, commits]) => {
  const read = await rowsRead(scratch().db, ask);
  const said = JSON.stringify(read);
  // Every build may be looked at several times, once for each part of an answer.
  expect(read.tests ?? 0, said).toBeLessThanOrEqual(commits * TESTS_OF_COMMIT);
  expect(read.builds ?? 0, said).toBeLessThanOrEqual(4 * commits * BUILDS_OF_COMMIT);
  expect(read.incidents ?? 0, said).toBeLessThanOrEqual(commits * TESTS_OF_COMMIT);
  expect(read.checkouts ?? 0, said).toBeLessThanOrEqual(8 * CHECKOUTS_OF_TREE);
});
