import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgSchema,
  primaryKey,
  text,
  timestamp,
  unique,
  uniqueIndex,
} from "drizzle-orm/pg-core";

/**
 * Projects, their commits, and what batches of runs on them gave (contract section 2). Free JSON is `jsonb`, which keeps
 * numbers as they were written. Triggers keep the counters of batches.
 */
export const qaboard = pgSchema("qaboard");

/** UTC without zone, to the microsecond. */
const moment = (name: string) => timestamp(name, { withTimezone: false, mode: "string" });
const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "string" });
const UTC_NOW = sql`(now() at time zone 'UTC')`;
const serial = () => integer("id").primaryKey().generatedByDefaultAsIdentity();
const free = (name: string) => jsonb(name).notNull().default({});

export const qaboardProjects = qaboard.table("projects", {
  id: text("id").primaryKey(),
  data: free("data"),
  latestOutputDatetime: moment("latest_output_datetime"),
});

export const qaboardCommits = qaboard.table(
  "ci_commits",
  {
    id: serial(),
    hexsha: text("hexsha").notNull(),
    projectId: text("project_id")
      .notNull()
      .references(() => qaboardProjects.id, { onDelete: "cascade" }),
    data: free("data"),
    authoredDatetime: instant("authored_datetime"),
    committerName: text("committer_name"),
    message: text("message"),
    branch: text("branch"),
    parents: jsonb("parents"),
    commitDirOverride: text("commit_dir_override"),
    commitType: text("commit_type").notNull().default("git"),
    latestOutputDatetime: instant("latest_output_datetime"),
    deleted: boolean("deleted").notNull().default(false),
  },
  (t) => [
    // Ordered by bytes, so that it finds beginnings of hashes too.
    uniqueIndex("ci_commits_hexsha").on(t.projectId, t.hexsha.op("text_pattern_ops")),
    index("ci_commits_hexsha_alone").on(t.hexsha.op("text_pattern_ops")),
    index("ci_commits_authored").on(t.projectId, t.authoredDatetime),
    index("ci_commits_branch").on(t.projectId, t.branch, t.authoredDatetime),
  ],
);

export const qaboardBatches = qaboard.table(
  "batches",
  {
    id: serial(),
    createdDate: moment("created_date").notNull().default(UTC_NOW),
    data: free("data"),
    ciCommitId: integer("ci_commit_id")
      .notNull()
      .references(() => qaboardCommits.id, { onDelete: "cascade" }),
    label: text("label").notNull().default("default"),
    batchDirOverride: text("batch_dir_override"),
    /** Outputs that neither failed nor are pending; the counters overlap (contract section 3.2). */
    validOutputs: integer("valid_outputs").notNull().default(0),
    pendingOutputs: integer("pending_outputs").notNull().default(0),
    runningOutputs: integer("running_outputs").notNull().default(0),
    failedOutputs: integer("failed_outputs").notNull().default(0),
    deletedOutputs: integer("deleted_outputs").notNull().default(0),
  },
  (t) => [unique("batches_label").on(t.ciCommitId, t.label)],
);

/** What is run on; shared by all projects. */
export const qaboardInputs = qaboard.table(
  "test_inputs",
  { id: serial(), path: text("path").notNull(), database: text("database").notNull(), data: free("data") },
  (t) => [unique("test_inputs_path").on(t.database, t.path)],
);

/** Numbers of a jsonb text in one spelling (1.0 and 1 are the same parameter); texts stay as they are. */
const NUMBER_SPELLING = `("(?:[^"\\\\]|\\\\.)*")|(\\.[0-9]*[1-9])0+(?![0-9])|\\.0+(?![0-9])`;
const identity = sql.raw(
  `md5(regexp_replace(configurations::text || extra_parameters::text, '${NUMBER_SPELLING}', '\\1\\2', 'g'))`,
);

/** One result: an input, run with a configuration on a platform. */
export const qaboardOutputs = qaboard.table(
  "outputs",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedByDefaultAsIdentity(),
    batchId: integer("batch_id")
      .notNull()
      .references(() => qaboardBatches.id, { onDelete: "cascade" }),
    createdDate: moment("created_date").notNull().default(UTC_NOW),
    deleted: boolean("deleted").notNull().default(false),
    /** Absolute path of its folder. */
    outputDir: text("output_dir").notNull(),
    outputType: text("output_type").notNull().default(""),
    testInputId: integer("test_input_id")
      .notNull()
      .references(() => qaboardInputs.id),
    platform: text("platform"),
    configurations: jsonb("configurations").notNull().default([]),
    extraParameters: free("extra_parameters"),
    isPending: boolean("is_pending").notNull().default(false),
    isRunning: boolean("is_running").notNull().default(false),
    /** Null after an update that says nothing of it (contract section 4.1). */
    isFailed: boolean("is_failed").default(false),
    metrics: free("metrics"),
    data: free("data"),
    /** What configurations and extra parameters say, whatever the order of members and the spelling of numbers. */
    identity: text("identity").generatedAlwaysAs(identity),
    /** 0; more for outputs that were moved or copied to where their like was already. */
    duplicate: integer("duplicate").notNull().default(0),
  },
  (t) => [
    unique("outputs_identity").on(t.batchId, t.testInputId, t.platform, t.identity, t.duplicate).nullsNotDistinct(),
    index("outputs_input").on(t.testInputId),
  ],
);

export const qaboardUsers = qaboard.table("users", {
  id: serial(),
  createdDate: moment("created_date").notNull().default(UTC_NOW),
  userName: text("user_name").unique("users_user_name"),
  fullName: text("full_name").unique("users_full_name"),
  email: text("email").unique("users_email"),
  /** `pbkdf2:sha256:<iterations>$<salt>$<hex>`, as Werkzeug writes it. */
  password: text("password"),
  isLdap: boolean("is_ldap").notNull().default(false),
});

/** Groups of tests that are saved by name: shared ones, and one a user (contract section 9). */
export const qaboardTestGroups = qaboard.table(
  "test_groups",
  {
    projectId: text("project_id").notNull(),
    name: text("name").notNull(),
    yaml: text("yaml").notNull(),
    savedAt: instant("saved_at").notNull().default(sql`now()`),
  },
  (t) => [primaryKey({ columns: [t.projectId, t.name] })],
);

/** Runs that were asked for and that a runner takes: tuning, redoing outputs, saving artifacts. */
export const qaboardTuningJobs = qaboard.table(
  "tuning_jobs",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedByDefaultAsIdentity(),
    kind: text("kind").$type<"tuning" | "redo" | "save-artifacts">().notNull(),
    ciCommitId: integer("ci_commit_id")
      .notNull()
      .references(() => qaboardCommits.id, { onDelete: "cascade" }),
    batchId: integer("batch_id").references(() => qaboardBatches.id, { onDelete: "cascade" }),
    outputId: bigint("output_id", { mode: "number" }).references(() => qaboardOutputs.id, { onDelete: "cascade" }),
    /** What was asked for, as the runner gets it. */
    request: free("request"),
    state: text("state").$type<"waiting" | "taken" | "failed">().notNull().default("waiting"),
    /** The runner that took it, or why none did. */
    runner: text("runner"),
    reason: text("reason"),
    createdAt: instant("created_at").notNull().default(sql`now()`),
    settledAt: instant("settled_at"),
  },
  (t) => [
    index("tuning_jobs_commit").on(t.ciCommitId),
    index("tuning_jobs_batch").on(t.batchId),
    index("tuning_jobs_output").on(t.outputId),
  ],
);
