import { sql } from "drizzle-orm";
import * as z from "zod";
import type { Database } from "../../../client.ts";
import { reportOf } from "../report/report.ts";
import type { SubscribedReport } from "./subscriptions.ts";

const Counts = z.record(z.string(), z.int());
const Run = z.object({ id: z.string(), status: z.string().nullable() });
/** By platform, configuration, architecture and compiler, path; newest run first. */
const Histories = z.record(z.string(), z.record(z.string(), z.record(z.string(), z.record(z.string(), z.array(Run)))));
export type Histories = z.infer<typeof Histories>;

const BuildIssue = z.object({
  issue_id: z.string(),
  version: z.int(),
  comment: z.string().nullable(),
  is_new_issue: z.boolean(),
});

const Summary = z.object({
  checkout_id: z.string(),
  tree_name: z.string().nullable(),
  git_commit_name: z.string().nullable(),
  git_url: z.string(),
  git_branch: z.string(),
  commit_hash: z.string(),
  origin: z.string(),
  checkout_start_time: z.string(),
  build_status_summary: Counts,
  boot_status_summary: Counts,
  test_status_summary: Counts,
  possible_regressions: Histories,
  fixed_regressions: Histories,
  unstable_tests: Histories,
  issues: z.object({ builds: z.array(BuildIssue) }),
});
/** What is told of a branch's newest checkout. */
export type CheckoutSummary = z.infer<typeof Summary>;

/** Testing has no end signal: a checkout is told of once it is old enough to have been tested. */
const AGE_HOURS = { least: 5, most: 29 };
const HISTORY_HOURS = 7 * 24;
const RUNS = 5;

/** The newest checkout that a report is about, with its counts, issues and histories; undefined when there is none. */
export async function findCheckoutSummary(
  db: Database,
  { url, branch, origin, paths }: SubscribedReport,
): Promise<CheckoutSummary | undefined> {
  const question = { url, branch, origin, paths, tree: undefined, groupSize: RUNS };
  const text = await reportOf(
    db,
    { ...question, age: AGE_HOURS, historyHours: HISTORY_HOURS },
    sql`r.id as checkout_id, r.tree_name, r.git_commit_name,`,
  );
  return text === null ? undefined : Summary.parse(JSON.parse(text));
}
