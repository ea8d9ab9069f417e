import {
  bigserial,
  boolean,
  index,
  integer,
  primaryKey,
  serial,
  text,
  timestamp,
  unique,
  varchar,
} from "drizzle-orm/pg-core";
import { kernelci } from "./kernelci.ts";

/* What lists and summaries read: kept by the transaction that writes the objects (contracts/kernelci, part 03). */

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "string" });
const count = (name: string) => integer(name).notNull().default(0);

/** What a listing counts: builds, boots and other tests that passed, failed, or neither. */
const listed = () => ({
  buildPass: count("build_pass"),
  buildFailed: count("build_failed"),
  buildInc: count("build_inc"),
  bootPass: count("boot_pass"),
  bootFailed: count("boot_failed"),
  bootInc: count("boot_inc"),
  testPass: count("test_pass"),
  testFailed: count("test_failed"),
  testInc: count("test_inc"),
});

/** The checkout that started last, of each branch of each tree. */
export const latestCheckout = kernelci.table(
  "latest_checkout",
  {
    id: serial("id").primaryKey(),
    checkoutId: text("checkout_id").notNull(),
    startTime: instant("start_time").notNull(),
    origin: varchar("origin", { length: 100 }).notNull(),
    treeName: text("tree_name"),
    gitRepositoryUrl: text("git_repository_url"),
    gitRepositoryBranch: text("git_repository_branch"),
  },
  (t) => [
    unique("latest_checkout_branch")
      .on(t.origin, t.treeName, t.gitRepositoryUrl, t.gitRepositoryBranch)
      .nullsNotDistinct(),
    index("latest_checkout_checkout_id").on(t.checkoutId),
    index("latest_checkout_origin_start_time").on(t.origin, t.startTime),
  ],
);

/** One row for each commit of each branch of each tree, with its counts. */
export const treeListing = kernelci.table(
  "tree_listing",
  {
    id: serial("id").primaryKey(),
    checkoutId: text("checkout_id").notNull(),
    origin: text("origin").notNull(),
    treeName: text("tree_name"),
    gitRepositoryUrl: text("git_repository_url"),
    gitRepositoryBranch: text("git_repository_branch"),
    gitCommitHash: text("git_commit_hash"),
    gitCommitName: text("git_commit_name"),
    gitCommitTags: text("git_commit_tags").array(),
    startTime: instant("start_time").notNull(),
    ...listed(),
  },
  (t) => [
    unique("tree_listing_commit")
      .on(t.origin, t.treeName, t.gitRepositoryUrl, t.gitRepositoryBranch, t.gitCommitHash)
      .nullsNotDistinct(),
    index("tree_listing_start_time").on(t.startTime),
    index("tree_listing_checkout_id").on(t.checkoutId),
  ],
);

/** What ran on each platform, by the checkout that was tested. */
export const hardwareStatus = kernelci.table(
  "hardware_status",
  {
    testOrigin: varchar("test_origin", { length: 100 }).notNull(),
    platform: varchar("platform", { length: 100 }).notNull(),
    checkoutId: text("checkout_id").notNull(),
    compatibles: text("compatibles").array(),
    startTime: instant("start_time").notNull(),
    ...listed(),
  },
  (t) => [
    primaryKey({ columns: [t.testOrigin, t.platform, t.checkoutId] }),
    index("hardware_status_origin_start_time").on(t.testOrigin, t.startTime),
    index("hardware_status_checkout_id").on(t.checkoutId),
  ],
);

export type SimpleStatus = "P" | "F" | "I";

/** Tests whose build was not submitted yet: no listing counts them. */
export const pendingTest = kernelci.table(
  "pending_test",
  {
    testId: text("test_id").primaryKey(),
    origin: varchar("origin", { length: 100 }).notNull(),
    platform: varchar("platform", { length: 100 }),
    compatible: text("compatible").array(),
    buildId: text("build_id").notNull(),
    status: varchar("status", { length: 1 }).$type<SimpleStatus>(),
    isBoot: boolean("is_boot").notNull(),
    path: text("path"),
    startTime: instant("start_time"),
    lab: text("lab"),
    fullStatus: varchar("full_status", { length: 10 }),
  },
  (t) => [index("pending_test_build_id").on(t.buildId)],
);

/** Builds whose checkout was not submitted yet. */
export const pendingBuilds = kernelci.table(
  "pending_builds",
  {
    buildId: text("build_id").primaryKey(),
    origin: varchar("origin", { length: 100 }).notNull(),
    checkoutId: text("checkout_id").notNull(),
    status: varchar("status", { length: 1 }).$type<SimpleStatus>(),
  },
  (t) => [index("pending_builds_checkout_id").on(t.checkoutId)],
);

/** Counts of a commit's tests, by all that its summary groups or filters by. */
export const treeTestsRollup = kernelci.table(
  "tree_tests_rollup",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    origin: text("origin").notNull(),
    treeName: text("tree_name"),
    gitRepositoryBranch: text("git_repository_branch"),
    gitRepositoryUrl: text("git_repository_url"),
    gitCommitHash: text("git_commit_hash"),
    pathGroup: text("path_group").notNull(),
    buildConfigName: text("build_config_name").notNull(),
    buildArchitecture: text("build_architecture").notNull(),
    buildCompiler: text("build_compiler").notNull(),
    hardwareKey: text("hardware_key").notNull(),
    testPlatform: text("test_platform"),
    testLab: text("test_lab"),
    testOrigin: text("test_origin"),
    issueId: text("issue_id"),
    issueVersion: integer("issue_version"),
    issueUncategorized: boolean("issue_uncategorized"),
    isBoot: boolean("is_boot"),
    passTests: count("pass_tests"),
    failTests: count("fail_tests"),
    skipTests: count("skip_tests"),
    errorTests: count("error_tests"),
    missTests: count("miss_tests"),
    doneTests: count("done_tests"),
    nullTests: count("null_tests"),
    totalTests: count("total_tests"),
  },
  (t) => [
    unique("tree_tests_rollup_group")
      .on(
        t.origin,
        t.treeName,
        t.gitRepositoryBranch,
        t.gitRepositoryUrl,
        t.gitCommitHash,
        t.pathGroup,
        t.buildConfigName,
        t.buildArchitecture,
        t.buildCompiler,
        t.hardwareKey,
        t.testPlatform,
        t.testLab,
        t.testOrigin,
        t.issueId,
        t.issueVersion,
        t.issueUncategorized,
      )
      .nullsNotDistinct(),
    // The hash first: the others may be null, and no index helps `is not distinct from`.
    index("tree_tests_rollup_commit").on(
      t.gitCommitHash,
      t.origin,
      t.treeName,
      t.gitRepositoryBranch,
      t.gitRepositoryUrl,
    ),
    index("tree_tests_rollup_path_group").on(t.pathGroup, t.totalTests),
  ],
);
