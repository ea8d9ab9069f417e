import * as z from "zod";
import { isJsonObject } from "../../json-text/json-object.ts";
import { Email, Instant, textUpTo, Uri } from "./formats.ts";

/*
 * KCIDB's JSON, version 5.3 (contract part 02). No texts with NUL reach it. Names of origins and platforms are bounded
 * by their columns, and so are versions of issues.
 */

const Text = z.string();
const Origin = Text.regex(/^[a-z0-9_]+$/, "must be lower-case letters, digits and _").max(100);
const Id = Text.regex(/^[a-z0-9_]+:/, "must begin with an origin and a colon");
const Path = Text.regex(
  /^([a-zA-Z0-9_-]+(\.[a-zA-Z0-9_-]+)*)?$/,
  "must be words of letters, digits, - and _ between dots",
);
const Status = z.enum(["FAIL", "ERROR", "MISS", "PASS", "DONE", "SKIP"]);
const IssueVersion = z.int().min(0).max(2_147_483_647);
const Misc = z.custom<Record<string, unknown>>(isJsonObject, "must be an object");
const Files = z.array(z.strictObject({ name: Text.regex(/^[^/]+$/, "must not be empty or hold a slash"), url: Uri }));
const LogExcerpt = textUpTo(16_384);

const Checkout = z.strictObject({
  id: Id,
  origin: Origin,
  tree_name: Text.optional(),
  git_repository_url: Uri.startsWith("https://").optional(),
  git_commit_hash: Text.regex(/^[0-9a-f]{40}$/, "must be 40 hex digits").optional(),
  git_commit_name: Text.optional(),
  git_commit_tags: z.array(Text).optional(),
  git_commit_message: Text.optional(),
  git_repository_branch: Text.optional(),
  git_repository_branch_tip: z.boolean().optional(),
  patchset_files: Files.optional(),
  patchset_hash: Text.regex(/^$|^[0-9a-f]{64}$/, "must be empty or 64 hex digits").optional(),
  message_id: Email.optional(),
  comment: Text.optional(),
  start_time: Instant.optional(),
  origin_builds_finish_time: Instant.optional(),
  origin_tests_finish_time: Instant.optional(),
  log_url: Uri.optional(),
  log_excerpt: LogExcerpt.optional(),
  valid: z.boolean().optional(),
  misc: Misc.optional(),
  _timestamp: Instant.optional(),
});

const Build = z.strictObject({
  id: Id,
  origin: Origin,
  checkout_id: Id,
  comment: Text.optional(),
  start_time: Instant.optional(),
  duration: z.number().optional(),
  architecture: Text.regex(/^[a-z0-9_]*$/, "must be lower-case letters, digits and _").optional(),
  command: Text.optional(),
  compiler: Text.optional(),
  input_files: Files.optional(),
  output_files: Files.optional(),
  config_name: Text.optional(),
  config_url: Uri.optional(),
  log_url: Uri.optional(),
  log_excerpt: LogExcerpt.optional(),
  status: Status.optional(),
  misc: Misc.optional(),
  _timestamp: Instant.optional(),
});

const Platform = z.custom<Record<string, unknown>>(
  (misc) => !isJsonObject(misc) || typeof misc.platform !== "string" || [...misc.platform].length <= 100,
  "platform must have at most 100 characters",
);

const Environment = z.strictObject({
  compatible: z.array(Text.regex(/^[^ ]+$/, "must not be empty or hold a space")).optional(),
  comment: Text.optional(),
  misc: Misc.and(Platform).optional(),
});

const Test = z.strictObject({
  id: Id,
  origin: Origin,
  build_id: Id,
  environment: Environment.optional(),
  path: Path.optional(),
  comment: Text.optional(),
  log_url: Uri.optional(),
  log_excerpt: LogExcerpt.optional(),
  status: Status.optional(),
  number: z
    .strictObject({ value: z.number(), unit: Text.optional(), prefix: z.enum(["metric", "binary"]).optional() })
    .optional(),
  start_time: Instant.optional(),
  duration: z.number().optional(),
  input_files: Files.optional(),
  output_files: Files.optional(),
  misc: Misc.optional(),
  _timestamp: Instant.optional(),
});

const Issue = z.strictObject({
  id: Id,
  origin: Origin,
  version: IssueVersion,
  categories: z.array(Path).optional(),
  report_url: Uri.optional(),
  report_subject: Text.optional(),
  culprit: z
    .strictObject({ code: z.boolean().optional(), tool: z.boolean().optional(), harness: z.boolean().optional() })
    .optional(),
  comment: Text.optional(),
  misc: Misc.optional(),
  _timestamp: Instant.optional(),
});

const Incident = z.strictObject({
  id: Id,
  origin: Origin,
  issue_id: Id,
  issue_version: IssueVersion,
  build_id: Id.optional(),
  test_id: Id.optional(),
  present: z.boolean().optional(),
  comment: Text.optional(),
  misc: Misc.optional(),
  _timestamp: Instant.optional(),
});

/** The lists of a submission. */
export const LISTS = {
  checkouts: z.array(Checkout),
  builds: z.array(Build),
  tests: z.array(Test),
  issues: z.array(Issue),
  incidents: z.array(Incident),
};

/** A whole submission of version 5.3. */
export const SubmissionDocument = z.strictObject({ version: z.unknown(), ...LISTS }).partial();

export type SubmissionDocument = z.infer<typeof SubmissionDocument>;
