CREATE SCHEMA "kernelci";
--> statement-breakpoint
CREATE TABLE "kernelci"."builds" (
	"_timestamp" timestamp with time zone DEFAULT now(),
	"id" text PRIMARY KEY NOT NULL,
	"origin" text NOT NULL,
	"checkout_id" text NOT NULL,
	"comment" text,
	"start_time" timestamp with time zone,
	"duration" double precision,
	"architecture" text,
	"command" text,
	"compiler" text,
	"input_files" jsonb,
	"output_files" jsonb,
	"config_name" text,
	"config_url" text,
	"log_url" text,
	"log_excerpt" varchar(16384),
	"misc" jsonb,
	"status" varchar(10),
	"series" text GENERATED ALWAYS AS (md5(coalesce(config_name, '') || coalesce(compiler, '') || coalesce(architecture, ''))) STORED
);
--> statement-breakpoint
CREATE TABLE "kernelci"."checkouts" (
	"_timestamp" timestamp with time zone DEFAULT now(),
	"id" text PRIMARY KEY NOT NULL,
	"origin" text NOT NULL,
	"tree_name" text,
	"git_repository_url" text,
	"git_commit_hash" text,
	"git_commit_name" text,
	"git_repository_branch" text,
	"patchset_files" jsonb,
	"patchset_hash" text,
	"message_id" text,
	"comment" text,
	"start_time" timestamp with time zone,
	"log_url" text,
	"log_excerpt" varchar(16384),
	"valid" boolean,
	"misc" jsonb,
	"git_commit_message" text,
	"git_repository_branch_tip" boolean,
	"git_commit_tags" text[],
	"origin_builds_finish_time" timestamp with time zone,
	"origin_tests_finish_time" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "kernelci"."incidents" (
	"_timestamp" timestamp with time zone DEFAULT now(),
	"id" text PRIMARY KEY NOT NULL,
	"origin" text NOT NULL,
	"issue_id" text NOT NULL,
	"issue_version" integer NOT NULL,
	"build_id" text,
	"test_id" text,
	"present" boolean,
	"comment" text,
	"misc" jsonb
);
--> statement-breakpoint
CREATE TABLE "kernelci"."issues" (
	"_timestamp" timestamp with time zone DEFAULT now(),
	"id" text PRIMARY KEY NOT NULL,
	"origin" text NOT NULL,
	"version" integer NOT NULL,
	"report_url" text,
	"report_subject" text,
	"culprit_code" boolean,
	"culprit_tool" boolean,
	"culprit_harness" boolean,
	"comment" text,
	"misc" jsonb,
	"categories" text[],
	CONSTRAINT "issues_id_version" UNIQUE("id","version")
);
--> statement-breakpoint
CREATE TABLE "kernelci"."tests" (
	"_timestamp" timestamp with time zone DEFAULT now(),
	"id" text PRIMARY KEY NOT NULL,
	"origin" text NOT NULL,
	"build_id" text NOT NULL,
	"environment_comment" text,
	"environment_misc" jsonb,
	"environment_compatible" text[],
	"path" text,
	"comment" text,
	"log_url" text,
	"log_excerpt" varchar(16384),
	"status" varchar(10),
	"start_time" timestamp with time zone,
	"duration" double precision,
	"input_files" jsonb,
	"output_files" jsonb,
	"misc" jsonb,
	"number_value" double precision,
	"number_prefix" varchar(10),
	"number_unit" text
);
--> statement-breakpoint
CREATE TABLE "kernelci"."hardware_status" (
	"test_origin" varchar(100) NOT NULL,
	"platform" varchar(100) NOT NULL,
	"checkout_id" text NOT NULL,
	"compatibles" text[],
	"start_time" timestamp with time zone NOT NULL,
	"build_pass" integer DEFAULT 0 NOT NULL,
	"build_failed" integer DEFAULT 0 NOT NULL,
	"build_inc" integer DEFAULT 0 NOT NULL,
	"boot_pass" integer DEFAULT 0 NOT NULL,
	"boot_failed" integer DEFAULT 0 NOT NULL,
	"boot_inc" integer DEFAULT 0 NOT NULL,
	"test_pass" integer DEFAULT 0 NOT NULL,
	"test_failed" integer DEFAULT 0 NOT NULL,
	"test_inc" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "hardware_status_test_origin_platform_checkout_id_pk" PRIMARY KEY("test_origin","platform","checkout_id")
);
--> statement-breakpoint
CREATE TABLE "kernelci"."latest_checkout" (
	"id" serial PRIMARY KEY NOT NULL,
	"checkout_id" text NOT NULL,
	"start_time" timestamp with time zone NOT NULL,
	"origin" varchar(100) NOT NULL,
	"tree_name" text,
	"git_repository_url" text,
	"git_repository_branch" text,
	CONSTRAINT "latest_checkout_branch" UNIQUE NULLS NOT DISTINCT("origin","tree_name","git_repository_url","git_repository_branch")
);
--> statement-breakpoint
CREATE TABLE "kernelci"."pending_builds" (
	"build_id" text PRIMARY KEY NOT NULL,
	"origin" varchar(100) NOT NULL,
	"checkout_id" text NOT NULL,
	"status" varchar(1)
);
--> statement-breakpoint
CREATE TABLE "kernelci"."pending_test" (
	"test_id" text PRIMARY KEY NOT NULL,
	"origin" varchar(100) NOT NULL,
	"platform" varchar(100),
	"compatible" text[],
	"build_id" text NOT NULL,
	"status" varchar(1),
	"is_boot" boolean NOT NULL,
	"path" text,
	"start_time" timestamp with time zone,
	"lab" text,
	"full_status" varchar(10)
);
--> statement-breakpoint
CREATE TABLE "kernelci"."tree_listing" (
	"id" serial PRIMARY KEY NOT NULL,
	"checkout_id" text NOT NULL,
	"origin" text NOT NULL,
	"tree_name" text,
	"git_repository_url" text,
	"git_repository_branch" text,
	"git_commit_hash" text,
	"git_commit_name" text,
	"git_commit_tags" text[],
	"start_time" timestamp with time zone NOT NULL,
	"build_pass" integer DEFAULT 0 NOT NULL,
	"build_failed" integer DEFAULT 0 NOT NULL,
	"build_inc" integer DEFAULT 0 NOT NULL,
	"boot_pass" integer DEFAULT 0 NOT NULL,
	"boot_failed" integer DEFAULT 0 NOT NULL,
	"boot_inc" integer DEFAULT 0 NOT NULL,
	"test_pass" integer DEFAULT 0 NOT NULL,
	"test_failed" integer DEFAULT 0 NOT NULL,
	"test_inc" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "tree_listing_commit" UNIQUE NULLS NOT DISTINCT("origin","tree_name","git_repository_url","git_repository_branch","git_commit_hash")
);
--> statement-breakpoint
CREATE TABLE "kernelci"."tree_tests_rollup" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"origin" text NOT NULL,
	"tree_name" text,
	"git_repository_branch" text,
	"git_repository_url" text,
	"git_commit_hash" text,
	"path_group" text NOT NULL,
	"build_config_name" text NOT NULL,
	"build_architecture" text NOT NULL,
	"build_compiler" text NOT NULL,
	"hardware_key" text NOT NULL,
	"test_platform" text,
	"test_lab" text,
	"test_origin" text,
	"issue_id" text,
	"issue_version" integer,
	"issue_uncategorized" boolean,
	"is_boot" boolean,
	"pass_tests" integer DEFAULT 0 NOT NULL,
	"fail_tests" integer DEFAULT 0 NOT NULL,
	"skip_tests" integer DEFAULT 0 NOT NULL,
	"error_tests" integer DEFAULT 0 NOT NULL,
	"miss_tests" integer DEFAULT 0 NOT NULL,
	"done_tests" integer DEFAULT 0 NOT NULL,
	"null_tests" integer DEFAULT 0 NOT NULL,
	"total_tests" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "tree_tests_rollup_group" UNIQUE NULLS NOT DISTINCT("origin","tree_name","git_repository_branch","git_repository_url","git_commit_hash","path_group","build_config_name","build_architecture","build_compiler","hardware_key","test_platform","test_lab","test_origin","issue_id","issue_version","issue_uncategorized")
);
--> statement-breakpoint
CREATE TABLE "kernelci"."submission_counts" (
	"origin" text NOT NULL,
	"slot" smallint NOT NULL,
	"total" bigint NOT NULL,
	"size_bytes" bigint NOT NULL,
	CONSTRAINT "submission_counts_origin_slot_pk" PRIMARY KEY("origin","slot")
);
--> statement-breakpoint
CREATE TABLE "kernelci"."tree_names" (
	"git_repository_url" text PRIMARY KEY NOT NULL,
	"tree_name" text NOT NULL
);
--> statement-breakpoint
CREATE INDEX "builds__timestamp" ON "kernelci"."builds" USING btree ("_timestamp");--> statement-breakpoint
CREATE INDEX "builds_architecture" ON "kernelci"."builds" USING btree ("architecture");--> statement-breakpoint
CREATE INDEX "builds_checkout_id" ON "kernelci"."builds" USING btree ("checkout_id");--> statement-breakpoint
CREATE INDEX "builds_compiler" ON "kernelci"."builds" USING btree ("compiler");--> statement-breakpoint
CREATE INDEX "builds_config_name" ON "kernelci"."builds" USING btree ("config_name");--> statement-breakpoint
CREATE INDEX "builds_origin" ON "kernelci"."builds" USING btree ("origin");--> statement-breakpoint
CREATE INDEX "builds_series" ON "kernelci"."builds" USING btree ("series");--> statement-breakpoint
CREATE INDEX "builds_start_time" ON "kernelci"."builds" USING btree ("start_time");--> statement-breakpoint
CREATE INDEX "builds_status" ON "kernelci"."builds" USING btree ("status");--> statement-breakpoint
CREATE INDEX "checkouts__timestamp" ON "kernelci"."checkouts" USING btree ("_timestamp");--> statement-breakpoint
CREATE INDEX "checkouts_git_commit_hash" ON "kernelci"."checkouts" USING btree ("git_commit_hash");--> statement-breakpoint
CREATE INDEX "checkouts_git_commit_name" ON "kernelci"."checkouts" USING btree ("git_commit_name");--> statement-breakpoint
CREATE INDEX "checkouts_git_repository_branch" ON "kernelci"."checkouts" USING btree ("git_repository_branch");--> statement-breakpoint
CREATE INDEX "checkouts_git_repository_url" ON "kernelci"."checkouts" USING btree ("git_repository_url");--> statement-breakpoint
CREATE INDEX "checkouts_origin" ON "kernelci"."checkouts" USING btree ("origin");--> statement-breakpoint
CREATE INDEX "checkouts_start_time" ON "kernelci"."checkouts" USING btree ("start_time");--> statement-breakpoint
CREATE INDEX "checkouts_tree_name" ON "kernelci"."checkouts" USING btree ("tree_name");--> statement-breakpoint
CREATE INDEX "checkouts_git_commit_tags" ON "kernelci"."checkouts" USING gin ("git_commit_tags");--> statement-breakpoint
CREATE INDEX "checkouts_branch_start_time" ON "kernelci"."checkouts" USING btree ("tree_name","git_repository_branch","origin","start_time");--> statement-breakpoint
CREATE INDEX "incidents__timestamp" ON "kernelci"."incidents" USING btree ("_timestamp");--> statement-breakpoint
CREATE INDEX "incidents_issue_id" ON "kernelci"."incidents" USING btree ("issue_id","issue_version","_timestamp");--> statement-breakpoint
CREATE INDEX "incidents_issue_version" ON "kernelci"."incidents" USING btree ("issue_version");--> statement-breakpoint
CREATE INDEX "incidents_build_id" ON "kernelci"."incidents" USING btree ("build_id");--> statement-breakpoint
CREATE INDEX "incidents_test_id" ON "kernelci"."incidents" USING btree ("test_id");--> statement-breakpoint
CREATE INDEX "incidents_origin" ON "kernelci"."incidents" USING btree ("origin");--> statement-breakpoint
CREATE INDEX "issues__timestamp" ON "kernelci"."issues" USING btree ("_timestamp");--> statement-breakpoint
CREATE INDEX "issues_origin" ON "kernelci"."issues" USING btree ("origin");--> statement-breakpoint
CREATE INDEX "issues_culprit_code" ON "kernelci"."issues" USING btree ("culprit_code");--> statement-breakpoint
CREATE INDEX "issues_culprit_tool" ON "kernelci"."issues" USING btree ("culprit_tool");--> statement-breakpoint
CREATE INDEX "issues_culprit_harness" ON "kernelci"."issues" USING btree ("culprit_harness");--> statement-breakpoint
CREATE INDEX "issues_categories" ON "kernelci"."issues" USING gin ("categories");--> statement-breakpoint
CREATE INDEX "tests__timestamp" ON "kernelci"."tests" USING btree ("_timestamp");--> statement-breakpoint
CREATE INDEX "tests_build_id" ON "kernelci"."tests" USING btree ("build_id","origin",("environment_misc" ->> 'platform'));--> statement-breakpoint
CREATE INDEX "tests_origin" ON "kernelci"."tests" USING btree ("origin");--> statement-breakpoint
CREATE INDEX "tests_path" ON "kernelci"."tests" USING btree ("path",("environment_misc" ->> 'platform'),"start_time");--> statement-breakpoint
CREATE INDEX "tests_start_time" ON "kernelci"."tests" USING btree ("start_time");--> statement-breakpoint
CREATE INDEX "tests_status" ON "kernelci"."tests" USING btree ("status");--> statement-breakpoint
CREATE INDEX "tests_platform" ON "kernelci"."tests" USING btree (("environment_misc" ->> 'platform'));--> statement-breakpoint
CREATE INDEX "tests_origin_start_time_platform" ON "kernelci"."tests" USING btree ("origin","start_time") WHERE "kernelci"."tests"."environment_misc" ->> 'platform' is not null;--> statement-breakpoint
CREATE INDEX "tests_environment_compatible" ON "kernelci"."tests" USING gin ("environment_compatible");--> statement-breakpoint
CREATE INDEX "hardware_status_origin_start_time" ON "kernelci"."hardware_status" USING btree ("test_origin","start_time");--> statement-breakpoint
CREATE INDEX "hardware_status_checkout_id" ON "kernelci"."hardware_status" USING btree ("checkout_id");--> statement-breakpoint
CREATE INDEX "latest_checkout_checkout_id" ON "kernelci"."latest_checkout" USING btree ("checkout_id");--> statement-breakpoint
CREATE INDEX "latest_checkout_origin_start_time" ON "kernelci"."latest_checkout" USING btree ("origin","start_time");--> statement-breakpoint
CREATE INDEX "pending_builds_checkout_id" ON "kernelci"."pending_builds" USING btree ("checkout_id");--> statement-breakpoint
CREATE INDEX "pending_test_build_id" ON "kernelci"."pending_test" USING btree ("build_id");--> statement-breakpoint
CREATE INDEX "tree_listing_start_time" ON "kernelci"."tree_listing" USING btree ("start_time");--> statement-breakpoint
CREATE INDEX "tree_listing_checkout_id" ON "kernelci"."tree_listing" USING btree ("checkout_id");--> statement-breakpoint
CREATE INDEX "tree_tests_rollup_commit" ON "kernelci"."tree_tests_rollup" USING btree ("git_commit_hash","origin","tree_name","git_repository_branch","git_repository_url");--> statement-breakpoint
CREATE INDEX "tree_tests_rollup_path_group" ON "kernelci"."tree_tests_rollup" USING btree ("path_group","total_tests");