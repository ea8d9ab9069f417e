import { beforeAll, expect, test } from "vitest";
import type { Database } from "../../../../db/client.ts";
import { buildsOfCommit } from "../../../../db/queries/kernelci/tree/builds.ts";
import { everythingOfCommit } from "../../../../db/queries/kernelci/tree/full.ts";
import { latestCheckoutOf } from "../../../../db/queries/kernelci/tree/latest.ts";
import { treesOf } from "../../../../db/queries/kernelci/tree/list.ts";
import { summaryOfCommit } from "../../../../db/queries/kernelci/tree/summary.ts";
import { testsOfCommit } from "../../../../db/queries/kernelci/tree/tests.ts";
import { noFilters } from "../../../../functions/edge/kernelci/http/filters.ts";
import { rowsRead } from "../../../support/rows-read.ts";
import { scratchDatabase } from "../../../support/scratch-database.ts";

const scratch = scratchDatabase();

/** 3,000 commits of 30 trees, each with 2 builds and 20 tests; half of the tests have an incident. */
beforeAll(async () => {
  const { pool } = scratch();
  await pool.query(`
    insert into kernelci.checkouts (_timestamp, id, origin, tree_name, git_repository_url, git_repository_branch,
      git_commit_hash, git_commit_tags, start_time)
    select at, 'c' || n, 'maestro', 'tree' || n % 30, 'u' || n % 30, 'main', 'h' || n, array['v' || n], at
    from generate_series(1, 3000) n, lateral (select now() - n * interval '1 hour' as at) t;
    insert into kernelci.builds (_timestamp, id, origin, checkout_id, status)
    select now(), 'b' || n, 'maestro', 'c' || n / 2 + 1, 'PASS' from generate_series(0, 5999) n;
    insert into kernelci.tests (_timestamp, id, origin, build_id, path, status)
    select now(), 't' || n, 'maestro', 'b' || n / 10, 'suite.' || n % 10, 'FAIL' from generate_series(0, 59999) n;
    insert into kernelci.issues (_timestamp, id, origin, version)
    select now(), 'i' || n, 'maestro', 1 from generate_series(0, 19999) n;
    insert into kernelci.incidents (_timestamp, id, origin, issue_id, issue_version, test_id)
    select now(), 'n' || n, 'maestro', 'i' || n % 20000, 1, 't' || n * 2 from generate_series(0, 29999) n;
    insert into kernelci.latest_checkout (checkout_id, origin, tree_name, git_repository_branch, start_time)
    select id, origin, tree_name, id, start_time from kernelci.checkouts;
    insert into kernelci.tree_listing (checkout_id, origin, tree_name, git_commit_hash, start_time)
    select id || s, origin, tree_name, git_commit_hash || s, start_time
    from kernelci.checkouts, unnest(array['', 'x', 'y', 'z', 'u', 'v', 'w']) s;
    insert into kernelci.tree_tests_rollup (origin, tree_name, git_repository_branch, git_repository_url, git_commit_hash,
      path_group, build_config_name, build_architecture, build_compiler, hardware_key, is_boot, fail_tests, total_tests)
    select origin, tree_name, git_repository_branch, git_repository_url, git_commit_hash, 'g' || g, 'c', 'a', 'x', 'h', false, 2, 2
    from kernelci.checkouts, generate_series(1, 10) g`);
  await pool.query("vacuum analyze");
});

const address = { commit: "h77", origin: "maestro", tree: "tree17", branch: "main", url: "" };
const branch = { origin: "maestro", tree: "tree17", branch: "main" };
const filters = noFilters();
const withPath = { ...filters, test: { ...filters.test, path: "suite" } };
const listOf = (db: Database) => testsOfCommit(db, address, filters, { kind: "tests", whole: false });

/** Rows that a question may look at, by table; a table left out is not looked at. */
const QUESTIONS: Record<string, [ask: (db: Database) => Promise<unknown>, most: Record<string, number>]> = {
  "the trees of a day": [
    (db) => treesOf(db, { origin: "maestro", days: 1 }),
    { latest_checkout: 24, tree_listing: 24 },
  ],
  "the latest checkout": [(db) => latestCheckoutOf(db, { ...branch, commit: undefined }), { checkouts: 100 }],
  "the latest checkout of a tag": [(db) => latestCheckoutOf(db, { ...branch, commit: "v77" }), { checkouts: 100 }],
  "everything of a commit": [
    (db) => everythingOfCommit(db, address, filters),
    { checkouts: 2, builds: 4, tests: 20, incidents: 10, issues: 10 },
  ],
  "a summary": [(db) => summaryOfCommit(db, address, filters), { checkouts: 2, builds: 2, tree_tests_rollup: 10 }],
  "a summary of a path": [
    (db) => summaryOfCommit(db, address, withPath),
    { checkouts: 4, builds: 4, tests: 20, incidents: 10, issues: 10, tree_tests_rollup: 10 },
  ],
  "the builds of a commit": [(db) => buildsOfCommit(db, address, filters), { checkouts: 2, builds: 4 }],
  "the tests of a commit": [listOf, { checkouts: 2, builds: 2, tests: 20, incidents: 10, issues: 10 }],
  "a commit nobody knows": [(db) => everythingOfCommit(db, { ...address, commit: "h0" }, filters), {}],
};

test.each(Object.entries(QUESTIONS))("%s: only its own rows are looked at", async (_, [ask, most]) => {
  const read = await rowsRead(scratch().db, ask);
  for (const [table, rows] of Object.entries(read))
    expect(rows, `${table}: ${JSON.stringify(read)}`).toBeLessThanOrEqual(most[table] ?? 0);
});
