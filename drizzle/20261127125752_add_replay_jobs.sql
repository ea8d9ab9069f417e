CREATE TABLE "ledger"."replay_jobs" (
	"job_id" uuid PRIMARY KEY NOT NULL,
	"filter" jsonb NOT NULL,
	"expected" integer NOT NULL,
	"state" text DEFAULT 'running' NOT NULL,
	"cursor" uuid,
	"replayed" integer DEFAULT 0 NOT NULL,
	"skipped" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp(3) with time zone
);
