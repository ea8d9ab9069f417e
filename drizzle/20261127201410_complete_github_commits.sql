DROP INDEX "github"."runs_actor";--> statement-breakpoint
ALTER TABLE "github"."commits" ADD COLUMN "details" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
CREATE INDEX "runs_actor" ON "github"."runs" USING btree ("repo_id",lower("actor"),"created_at","run_id");