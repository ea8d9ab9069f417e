CREATE TABLE "github"."heads" (
	"repo_id" bigint NOT NULL,
	"branch" text NOT NULL,
	"sha" text NOT NULL,
	"committed_at" timestamp(3) with time zone,
	"first_run_at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "heads_repo_id_branch_sha_pk" PRIMARY KEY("repo_id","branch","sha")
);
--> statement-breakpoint
CREATE INDEX "heads_time" ON "github"."heads" USING btree ("repo_id","branch","committed_at" DESC NULLS LAST,"sha" DESC NULLS LAST,"first_run_at");--> statement-breakpoint
CREATE INDEX "pulls_merged" ON "github"."pulls" USING btree ("merged_at") WHERE "github"."pulls"."merged";--> statement-breakpoint
CREATE INDEX "runs_verdict" ON "github"."runs" USING btree ("workflow_id","branch","created_at","run_id") WHERE "github"."runs"."head_repo_id" = "github"."runs"."repo_id" and "github"."runs"."conclusion" in ('success', 'failure', 'timed_out', 'startup_failure');--> statement-breakpoint
INSERT INTO github.heads (repo_id, branch, sha, committed_at, first_run_at)
SELECT r.repo_id, r.branch, r.sha,
  min(date_trunc('second', CASE jsonb_typeof(a.snapshot->'head_commit'->'timestamp')
    WHEN 'number' THEN to_timestamp((a.snapshot->'head_commit'->>'timestamp')::float8)
    ELSE (a.snapshot->'head_commit'->>'timestamp')::timestamptz END)),
  min(r.created_at)
FROM github.runs r JOIN github.attempts a USING (run_id, attempt)
WHERE r.head_repo_id = r.repo_id AND r.branch IS NOT NULL AND r.sha IS NOT NULL
GROUP BY 1, 2, 3;
