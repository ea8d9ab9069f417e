CREATE TABLE "github"."failed_deliveries" (
	"hook" text NOT NULL,
	"guid" text NOT NULL,
	"delivery_id" bigint NOT NULL,
	"delivered_at" timestamp(3) with time zone NOT NULL,
	"succeeded" boolean NOT NULL,
	"tries" smallint DEFAULT 0 NOT NULL,
	"asked_at" timestamp(3) with time zone,
	"found_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "failed_deliveries_hook_guid_pk" PRIMARY KEY("hook","guid")
);
--> statement-breakpoint
CREATE TABLE "github"."hook_logs" (
	"hook" text PRIMARY KEY NOT NULL,
	"read_to" timestamp(3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "github"."run_repairs" (
	"run_id" bigint PRIMARY KEY NOT NULL,
	"asked_at" timestamp(3) with time zone NOT NULL,
	"times" smallint NOT NULL,
	"gone" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "github"."scrape_runs" (
	"scrape_id" uuid NOT NULL,
	"run_id" bigint NOT NULL,
	"attempt" integer NOT NULL,
	"updated_at" timestamp(3) with time zone NOT NULL,
	"detailed" boolean NOT NULL,
	CONSTRAINT "scrape_runs_scrape_id_run_id_pk" PRIMARY KEY("scrape_id","run_id")
);
--> statement-breakpoint
CREATE TABLE "github"."scrapes" (
	"scrape_id" uuid PRIMARY KEY NOT NULL,
	"repo" text NOT NULL,
	"max_runs" integer,
	"since" timestamp(3) with time zone,
	"jobs" boolean NOT NULL,
	"runner" text NOT NULL,
	"state" text DEFAULT 'queued' NOT NULL,
	"step" text DEFAULT 'repository' NOT NULL,
	"page" text,
	"turn" integer DEFAULT 0 NOT NULL,
	"repo_id" bigint,
	"default_branch" text,
	"version" timestamp(3) with time zone,
	"etags" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"counts" jsonb NOT NULL,
	"requests" integer DEFAULT 0 NOT NULL,
	"tries" smallint DEFAULT 0 NOT NULL,
	"last_error" text,
	"wake_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp(3) with time zone,
	"finished_at" timestamp(3) with time zone
);
--> statement-breakpoint
CREATE INDEX "scrapes_unfinished" ON "github"."scrapes" USING btree ("wake_at") WHERE "github"."scrapes"."state" not in ('done', 'failed');--> statement-breakpoint
CREATE INDEX "scrapes_repo" ON "github"."scrapes" USING btree (lower("repo"),"created_at");--> statement-breakpoint
CREATE INDEX "jobs_unfinished" ON "github"."jobs" USING btree ("run_id") WHERE "github"."jobs"."rank" < 2;