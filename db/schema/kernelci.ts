import { sql } from "drizzle-orm";
import {
  boolean,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgSchema,
  text,
  timestamp,
  unique,
  varchar,
} from "drizzle-orm/pg-core";

/** KernelCI's objects as they were submitted (contracts/kernelci, part 03); what derives from them stands in kernelci-derived.ts. */
export const kernelci = pgSchema("kernelci");

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "string" });
const logExcerpt = () => varchar("log_excerpt", { length: 16_384 });

/** A free JSON object of a submission. */
export type Misc = Record<string, unknown>;

/** A named file of a submission. */
export type FileLink = { name: string; url: string };

/** When an object was last submitted, and by whom; no link between objects is enforced. */
const submitted = () => ({
  ingestedAt: instant("_timestamp").default(sql`now()`),
  id: text("id").primaryKey(),
  origin: text("origin").notNull(),
});

export const checkouts = kernelci.table(
  "checkouts",
  {
    ...submitted(),
    treeName: text("tree_name"),
    gitRepositoryUrl: text("git_repository_url"),
    gitCommitHash: text("git_commit_hash"),
    gitCommitName: text("git_commit_name"),
    gitRepositoryBranch: text("git_repository_branch"),
    patchsetFiles: jsonb("patchset_files").$type<FileLink[]>(),
    patchsetHash: text("patchset_hash"),
    messageId: text("message_id"),
    comment: text("comment"),
    startTime: instant("start_time"),
    logUrl: text("log_url"),
    logExcerpt: logExcerpt(),
    valid: boolean("valid"),
    misc: jsonb("misc").$type<Misc>(),
    gitCommitMessage: text("git_commit_message"),
    gitRepositoryBranchTip: boolean("git_repository_branch_tip"),
    gitCommitTags: text("git_commit_tags").array(),
    originBuildsFinishTime: instant("origin_builds_finish_time"),
    originTestsFinishTime: instant("origin_tests_finish_time"),
  },
  (t) => [
    index("checkouts__timestamp").on(t.ingestedAt),
    // Ordered by bytes, so that it finds beginnings of hashes too.
    index("checkouts_git_commit_hash").on(t.gitCommitHash.op("text_pattern_ops")),
    index("checkouts_git_commit_name").on(t.gitCommitName),
    index("checkouts_git_repository_branch").on(t.gitRepositoryBranch),
    index("checkouts_git_repository_url").on(t.gitRepositoryUrl),
    index("checkouts_origin").on(t.origin),
    index("checkouts_start_time").on(t.startTime),
    index("checkouts_tree_name").on(t.treeName),
    index("checkouts_git_commit_tags").using("gin", t.gitCommitTags),
    // Ascending: read backwards it gives a branch's newest checkout.
    index("checkouts_branch_start_time").on(t.treeName, t.gitRepositoryBranch, t.origin, t.startTime),
  ],
);

export const builds = kernelci.table(
  "builds",
  {
    ...submitted(),
    checkoutId: text("checkout_id").notNull(),
    comment: text("comment"),
    startTime: instant("start_time"),
    duration: doublePrecision("duration"),
    architecture: text("architecture"),
    command: text("command"),
    compiler: text("compiler"),
    inputFiles: jsonb("input_files").$type<FileLink[]>(),
    outputFiles: jsonb("output_files").$type<FileLink[]>(),
    configName: text("config_name"),
    configUrl: text("config_url"),
    logUrl: text("log_url"),
    logExcerpt: logExcerpt(),
    misc: jsonb("misc").$type<Misc>(),
    status: varchar("status", { length: 10 }),
    /** Builds of one configuration, compiler and architecture, whatever the commit. */
    series: text("series").generatedAlwaysAs(
      sql`md5(coalesce(config_name, '') || coalesce(compiler, '') || coalesce(architecture, ''))`,
    ),
  },
  (t) => [
    index("builds__timestamp").on(t.ingestedAt),
    index("builds_architecture").on(t.architecture),
    index("builds_checkout_id").on(t.checkoutId),
    index("builds_compiler").on(t.compiler),
    index("builds_config_name").on(t.configName),
    index("builds_origin").on(t.origin),
    index("builds_series").on(t.series),
    index("builds_start_time").on(t.startTime),
    index("builds_status").on(t.status),
  ],
);

export const tests = kernelci.table(
  "tests",
  {
    ...submitted(),
    buildId: text("build_id").notNull(),
    environmentComment: text("environment_comment"),
    environmentMisc: jsonb("environment_misc").$type<Misc>(),
    environmentCompatible: text("environment_compatible").array(),
    path: text("path"),
    comment: text("comment"),
    logUrl: text("log_url"),
    logExcerpt: logExcerpt(),
    status: varchar("status", { length: 10 }),
    startTime: instant("start_time"),
    duration: doublePrecision("duration"),
    inputFiles: jsonb("input_files").$type<FileLink[]>(),
    outputFiles: jsonb("output_files").$type<FileLink[]>(),
    misc: jsonb("misc").$type<Misc>(),
    numberValue: doublePrecision("number_value"),
    numberPrefix: varchar("number_prefix", { length: 10 }),
    numberUnit: text("number_unit"),
  },
  (t) => [
    index("tests__timestamp").on(t.ingestedAt),
    // Serves look-ups by build, and tells whether a build was tested on a platform before.
    index("tests_build_id").on(t.buildId, t.origin, sql`(${t.environmentMisc} ->> 'platform')`),
    index("tests_origin").on(t.origin),
    // What failed of a commit, without a look at what passed.
    index("tests_failed").on(t.buildId).where(sql`${t.status} = 'FAIL'`),
    // The runs of one test on one platform, in the order its history shows them.
    index("tests_path").on(t.path, sql`(${t.environmentMisc} ->> 'platform')`, t.startTime),
    index("tests_start_time").on(t.startTime),
    index("tests_status").on(t.status),
    index("tests_platform").on(sql`(${t.environmentMisc} ->> 'platform')`),
    index("tests_origin_start_time_platform")
      .on(t.origin, t.startTime)
      .where(sql`${t.environmentMisc} ->> 'platform' is not null`),
    index("tests_environment_compatible").using("gin", t.environmentCompatible),
  ],
);

export const issues = kernelci.table(
  "issues",
  {
    ...submitted(),
    version: integer("version").notNull(),
    reportUrl: text("report_url"),
    reportSubject: text("report_subject"),
    culpritCode: boolean("culprit_code"),
    culpritTool: boolean("culprit_tool"),
    culpritHarness: boolean("culprit_harness"),
    comment: text("comment"),
    misc: jsonb("misc").$type<Misc>(),
    categories: text("categories").array(),
  },
  (t) => [
    unique("issues_id_version").on(t.id, t.version),
    index("issues__timestamp").on(t.ingestedAt),
    index("issues_origin").on(t.origin),
    index("issues_culprit_code").on(t.culpritCode),
    index("issues_culprit_tool").on(t.culpritTool),
    index("issues_culprit_harness").on(t.culpritHarness),
    index("issues_categories").using("gin", t.categories),
  ],
);

export const incidents = kernelci.table(
  "incidents",
  {
    ...submitted(),
    issueId: text("issue_id").notNull(),
    issueVersion: integer("issue_version").notNull(),
    buildId: text("build_id"),
    testId: text("test_id"),
    present: boolean("present"),
    comment: text("comment"),
    misc: jsonb("misc").$type<Misc>(),
  },
  (t) => [
    index("incidents__timestamp").on(t.ingestedAt),
    index("incidents_issue_id").on(t.issueId, t.issueVersion, t.ingestedAt),
    index("incidents_issue_version").on(t.issueVersion),
    index("incidents_build_id").on(t.buildId),
    index("incidents_test_id").on(t.testId),
    index("incidents_origin").on(t.origin),
  ],
);
