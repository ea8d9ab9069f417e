-- The documented tables of the GitHub dashboards, for clients that open the database themselves (contract section 1).
-- Names are folded to lower case, so that an unquoted Id works; times are UTC without zone.
CREATE VIEW public.repos AS
SELECT id, name, repo_id AS github_id, default_branch, private, archived, deleted
FROM github.repos;
--> statement-breakpoint
CREATE VIEW public.branches AS
SELECT b.id, b.name, b.author, r.name AS repo, b.head_sha, b.deleted
FROM github.branches b JOIN github.repos r USING (repo_id);
--> statement-breakpoint
CREATE VIEW public.commits AS
SELECT c.id, c.sha AS hash, c.author, c.message, c.time AT TIME ZONE 'UTC' AS time, r.name AS repo, c.forced, c.author_url AS authorurl
FROM github.commits c JOIN github.repos r USING (repo_id);
--> statement-breakpoint
CREATE VIEW public.workflows AS
SELECT w.id, w.name, w.url, r.name AS repo, w.workflow_id AS github_id, w.path, w.state
FROM github.workflows w JOIN github.repos r USING (repo_id);
--> statement-breakpoint
CREATE VIEW public.workflowruns AS
SELECT u.id, u.run_id AS gitid, u.actor AS author, u.runtime_seconds AS runtime,
  u.created_at AT TIME ZONE 'UTC' AS createtime, u.started_at AT TIME ZONE 'UTC' AS starttime, u.ended_at AT TIME ZONE 'UTC' AS endtime,
  u.queue_seconds AS queuetime, u.status, u.conclusion, u.url, u.branch AS branchname, u.sha AS commithash,
  u.name AS workflowname, r.name AS repo, u.os, u.attempt, u.event, u.workflow_id, u.check_suite_id, u.head_repo_id,
  u.run_started_at AT TIME ZONE 'UTC' AS run_started_at, u.updated_at AT TIME ZONE 'UTC' AS updated_at
FROM github.runs u JOIN github.repos r USING (repo_id);
--> statement-breakpoint
CREATE VIEW public.attempts AS
SELECT a.run_id AS gitid, a.attempt, r.name AS repo, a.status, a.conclusion,
  a.run_started_at AT TIME ZONE 'UTC' AS run_started_at, a.updated_at AT TIME ZONE 'UTC' AS updated_at
FROM github.attempts a JOIN github.repos r USING (repo_id);
--> statement-breakpoint
CREATE VIEW public.workflowjobs AS
SELECT j.id, j.job_id AS gitid, j.run_id AS run_gitid, j.attempt, j.name, j.status, j.conclusion,
  j.created_at AT TIME ZONE 'UTC' AS createtime, j.started_at AT TIME ZONE 'UTC' AS starttime, j.ended_at AT TIME ZONE 'UTC' AS endtime,
  j.os, j.labels, j.runner_id, j.runner_name, j.runner_group, r.name AS repo
FROM github.jobs j JOIN github.repos r USING (repo_id);
--> statement-breakpoint
CREATE VIEW public.pulls AS
SELECT p.id, p.number, p.title, p.state, p.merged, p.author, p.head_ref, p.head_sha, p.base_ref,
  p.merged_at AT TIME ZONE 'UTC' AS merged_at, p.closed_at AT TIME ZONE 'UTC' AS closed_at, r.name AS repo
FROM github.pulls p JOIN github.repos r USING (repo_id);
--> statement-breakpoint
CREATE VIEW public.deliveries AS
SELECT key AS delivery_id, event, outcome
FROM ledger.inbox WHERE source = 'github';
