import { type SQL, sql } from "drizzle-orm";
import { attempts } from "../../../schema/index.ts";

/** Which conclusions are failing, and which conclusive, as SQL conditions (contract section 8). */
export function isFailing(conclusion: SQL): SQL {
  return sql`${conclusion} in ('failure', 'timed_out', 'startup_failure')`;
}

/** Failing or success. Worded as the index runs_verdict is, so that it serves. */
export function isConclusive(conclusion: SQL): SQL {
  return sql`${conclusion} in ('success', 'failure', 'timed_out', 'startup_failure')`;
}

/** Whether the run `u` of github.runs concluded success after an earlier attempt had failed. */
export const IS_FLAKY = sql`(u.attempt > 1 and u.conclusion is not distinct from 'success' and exists(
  select from ${attempts} earlier
  where earlier.run_id = u.run_id and earlier.attempt < u.attempt and ${isFailing(sql`earlier.conclusion`)}))`;

/** Whether the run `u` is this repository's own, not a fork's. */
export const IS_OWN = sql`u.head_repo_id = u.repo_id`;

/** Whether the queue time of the run `u` counts: it has started, and was neither skipped nor held back. */
export const HAS_WAITED = sql`(u.status in ('in_progress', 'completed')
  and coalesce(u.conclusion not in ('skipped', 'action_required'), true))`;
