CREATE TABLE "github"."workflow_names" (
	"workflow_id" bigint NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "workflow_names_workflow_id_name_pk" PRIMARY KEY("workflow_id","name")
);
--> statement-breakpoint
CREATE TABLE "github"."run_details" (
	"run_id" bigint PRIMARY KEY NOT NULL,
	"attempt" integer NOT NULL,
	"updated_at" timestamp(3) with time zone NOT NULL,
	"jobs" boolean NOT NULL
);
--> statement-breakpoint
ALTER TABLE "github"."hook_logs" ALTER COLUMN "read_to" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "github"."attempts" ADD COLUMN "committed_at" timestamp(3) with time zone;--> statement-breakpoint
ALTER TABLE "github"."failed_deliveries" ADD COLUMN "last_status" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "github"."failed_deliveries" ADD COLUMN "gone" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "github"."hook_logs" ADD COLUMN "repo_id" bigint;--> statement-breakpoint
ALTER TABLE "github"."scrape_runs" ADD COLUMN "again" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "github"."scrapes" ADD COLUMN "sent_turn" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "github"."scrapes" ADD COLUMN "list" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "github"."scrapes" ADD COLUMN "skips" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "github"."scrapes" ADD COLUMN "problems" jsonb DEFAULT '[]'::jsonb NOT NULL;
--> statement-breakpoint
-- A job that waits for approval comes before a queued one.
UPDATE github.attempts SET rank = -1 WHERE rank = 0 AND status <> 'queued';--> statement-breakpoint
UPDATE github.jobs SET rank = -1 WHERE rank = 0 AND status <> 'queued';--> statement-breakpoint
-- Jobs that a re-run lists once more did not start in it: what was derived from their start is derived anew.
UPDATE github.runs u SET
  started_at = d.started_at,
  queue_seconds = greatest(0, extract(epoch FROM d.started_at
    - CASE WHEN u.attempt = 1 THEN u.created_at ELSE coalesce(u.run_started_at, u.created_at) END))::bigint,
  runtime_seconds = greatest(0, extract(epoch FROM u.ended_at - d.started_at))
FROM (
  SELECT r.run_id,
    coalesce(min(j.started_at) FILTER (WHERE (j.ended_at <= j.created_at) IS NOT TRUE), r.run_started_at, r.created_at) AS started_at
  FROM github.runs r JOIN github.jobs j ON j.run_id = r.run_id AND j.attempt = r.attempt
  GROUP BY r.run_id HAVING bool_or(j.ended_at <= j.created_at)
) d
WHERE u.run_id = d.run_id;--> statement-breakpoint
UPDATE github.jobs SET started_at = NULL, ended_at = NULL WHERE ended_at <= created_at;--> statement-breakpoint
-- Of repositories that were seen under one name the newest has it; `~` is in no name of GitHub's.
UPDATE github.repos r SET name = name || '~' || r.repo_id, name_key = name_key || '~' || r.repo_id
FROM (
  SELECT repo_id, row_number() OVER (PARTITION BY name_key ORDER BY deleted, updated_at DESC, repo_id DESC) AS turn
  FROM github.repos
) AS held
WHERE held.repo_id = r.repo_id AND held.turn > 1;--> statement-breakpoint
INSERT INTO github.workflow_names (workflow_id, name) SELECT workflow_id, name FROM github.workflows;--> statement-breakpoint
-- A run's own name is its title where the workflow was never called that (db/queries/github/workflow-name.ts).
CREATE OR REPLACE VIEW public.workflowruns AS
SELECT u.id, u.run_id AS gitid, u.actor AS author, u.runtime_seconds AS runtime,
  u.created_at AT TIME ZONE 'UTC' AS createtime, u.started_at AT TIME ZONE 'UTC' AS starttime, u.ended_at AT TIME ZONE 'UTC' AS endtime,
  u.queue_seconds AS queuetime, u.status, u.conclusion, u.url, u.branch AS branchname, u.sha AS commithash,
  CASE WHEN u.name = '' OR EXISTS (
    SELECT FROM github.workflow_names n WHERE n.workflow_id = u.workflow_id AND n.name = u.name
  ) THEN u.name ELSE coalesce(w.name, u.name) END AS workflowname, r.name AS repo, u.os, u.attempt, u.event, u.workflow_id, u.check_suite_id, u.head_repo_id,
  u.run_started_at AT TIME ZONE 'UTC' AS run_started_at, u.updated_at AT TIME ZONE 'UTC' AS updated_at
FROM github.runs u JOIN github.repos r USING (repo_id) LEFT JOIN github.workflows w ON w.workflow_id = u.workflow_id;
