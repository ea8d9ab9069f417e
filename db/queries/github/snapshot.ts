import { type SQL, sql } from "drizzle-orm";

const RUN = {
  id: null,
  name: null,
  node_id: null,
  check_suite_id: null,
  check_suite_node_id: null,
  head_branch: null,
  head_sha: null,
  path: null,
  display_title: null,
  run_number: null,
  run_attempt: 1,
  referenced_workflows: [],
  event: null,
  status: null,
  conclusion: null,
  workflow_id: null,
  url: null,
  html_url: null,
  pull_requests: [],
  created_at: null,
  updated_at: null,
  run_started_at: null,
  actor: null,
  triggering_actor: null,
  jobs_url: null,
  logs_url: null,
  check_suite_url: null,
  artifacts_url: null,
  cancel_url: null,
  rerun_url: null,
  previous_attempt_url: null,
  workflow_url: null,
  head_commit: null,
  repository: null,
  head_repository: null,
};

const JOB = {
  id: null,
  run_id: null,
  run_url: null,
  run_attempt: 1,
  node_id: null,
  head_sha: null,
  url: null,
  html_url: null,
  status: null,
  conclusion: null,
  created_at: null,
  started_at: null,
  completed_at: null,
  name: null,
  steps: [],
  check_run_url: null,
  labels: [],
  runner_id: null,
  runner_name: null,
  runner_group_id: null,
  runner_group_name: null,
  workflow_name: null,
  head_branch: null,
};

const WORKFLOW = {
  id: null,
  node_id: null,
  name: null,
  path: null,
  state: null,
  created_at: null,
  updated_at: null,
  url: null,
  html_url: null,
  badge_url: null,
};

/** Every field the contract lists (section 7), as it stands when the sender left it out. */
const FIELDS = { run: RUN, job: JOB, workflow: WORKFLOW };

/** A stored snapshot with every field of its kind. Rendered by Postgres, so that it stays what was sent. */
export function completed(kind: keyof typeof FIELDS, snapshot: SQL): SQL {
  return sql`(${JSON.stringify(FIELDS[kind])}::jsonb || ${snapshot})`;
}

/** A run's snapshot; `withoutPulls` empties its pull requests. */
export function runSnapshot(snapshot: SQL, withoutPulls: boolean): SQL {
  const run = completed("run", snapshot);
  return withoutPulls ? sql`(${run} || '{"pull_requests": []}')::text` : sql`${run}::text`;
}
