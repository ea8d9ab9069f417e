CREATE SCHEMA "eosc_perf";
--> statement-breakpoint
CREATE TYPE "eosc_perf"."resourcestatus" AS ENUM('on_review', 'approved');--> statement-breakpoint
CREATE TABLE "ledger"."outbox" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"source" text NOT NULL,
	"event" text NOT NULL,
	"about" jsonb NOT NULL,
	"recipient" text NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"tries" smallint DEFAULT 0 NOT NULL,
	"last_error" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"due_at" timestamp with time zone DEFAULT now() NOT NULL,
	"settled_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "eosc_perf"."benchmark" (
	"id" uuid PRIMARY KEY NOT NULL,
	"docker_image" text NOT NULL,
	"docker_tag" text NOT NULL,
	"url" text NOT NULL,
	"json_schema" json NOT NULL,
	"description" text,
	"status" "eosc_perf"."resourcestatus" NOT NULL,
	"uploader_sub" text NOT NULL,
	"uploader_iss" text NOT NULL,
	"upload_datetime" timestamp NOT NULL,
	"_submit_report_id" uuid,
	CONSTRAINT "benchmark_name" UNIQUE("docker_image","docker_tag")
);
--> statement-breakpoint
CREATE TABLE "eosc_perf"."claim" (
	"id" uuid PRIMARY KEY NOT NULL,
	"message" text NOT NULL,
	"resource_type" text NOT NULL,
	"status" "eosc_perf"."resourcestatus" NOT NULL,
	"uploader_sub" text NOT NULL,
	"uploader_iss" text NOT NULL,
	"upload_datetime" timestamp NOT NULL,
	"_submit_report_id" uuid
);
--> statement-breakpoint
CREATE TABLE "eosc_perf"."flavor" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"description" text,
	"site_id" uuid NOT NULL,
	"status" "eosc_perf"."resourcestatus" NOT NULL,
	"uploader_sub" text NOT NULL,
	"uploader_iss" text NOT NULL,
	"upload_datetime" timestamp NOT NULL,
	"_submit_report_id" uuid,
	CONSTRAINT "flavor_name" UNIQUE("site_id","name")
);
--> statement-breakpoint
CREATE TABLE "eosc_perf"."site" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"address" text NOT NULL,
	"description" text,
	"status" "eosc_perf"."resourcestatus" NOT NULL,
	"uploader_sub" text NOT NULL,
	"uploader_iss" text NOT NULL,
	"upload_datetime" timestamp NOT NULL,
	"_submit_report_id" uuid,
	CONSTRAINT "site_name" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "eosc_perf"."submit" (
	"id" uuid PRIMARY KEY NOT NULL,
	"resource_type" text NOT NULL,
	"upload_datetime" timestamp NOT NULL
);
--> statement-breakpoint
CREATE TABLE "eosc_perf"."tag" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"description" text,
	CONSTRAINT "tag_name" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "eosc_perf"."user" (
	"sub" text NOT NULL,
	"iss" text NOT NULL,
	"email" text NOT NULL,
	"registration_datetime" timestamp NOT NULL,
	CONSTRAINT "user_sub_iss_pk" PRIMARY KEY("sub","iss")
);
--> statement-breakpoint
CREATE TABLE "eosc_perf"."result_tags" (
	"result_id" uuid NOT NULL,
	"tag_id" uuid NOT NULL,
	CONSTRAINT "result_tags_result_id_tag_id_pk" PRIMARY KEY("result_id","tag_id")
);
--> statement-breakpoint
CREATE TABLE "eosc_perf"."result" (
	"id" uuid PRIMARY KEY NOT NULL,
	"key" integer GENERATED ALWAYS AS IDENTITY (sequence name "eosc_perf"."result_key_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"json" jsonb NOT NULL,
	"execution_datetime" timestamp NOT NULL,
	"deleted" boolean NOT NULL,
	"withdrawn" boolean DEFAULT false NOT NULL,
	"benchmark_id" uuid NOT NULL,
	"site_id" uuid NOT NULL,
	"flavor_id" uuid NOT NULL,
	"uploader_sub" text NOT NULL,
	"uploader_iss" text NOT NULL,
	"upload_datetime" timestamp NOT NULL,
	"indexed" boolean DEFAULT true NOT NULL,
	"_claim_report_id" uuid
);
--> statement-breakpoint
CREATE TABLE "eosc_perf"."result_count" (
	"benchmark_id" uuid NOT NULL,
	"site_id" uuid NOT NULL,
	"flavor_id" uuid NOT NULL,
	"shown" bigint NOT NULL,
	CONSTRAINT "result_count_benchmark_id_flavor_id_site_id_pk" PRIMARY KEY("benchmark_id","flavor_id","site_id")
);
--> statement-breakpoint
CREATE TABLE "eosc_perf"."result_value" (
	"path_id" integer NOT NULL,
	"key" integer NOT NULL,
	"number" double precision,
	"kind" smallint NOT NULL,
	"truth" boolean,
	"text" text,
	CONSTRAINT "result_value_path_id_key_pk" PRIMARY KEY("path_id","key") INCLUDE ("kind","number")
);
--> statement-breakpoint
CREATE TABLE "eosc_perf"."value_path" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "eosc_perf"."value_path_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"benchmark_id" uuid NOT NULL,
	"path" text NOT NULL,
	"needs_document" boolean NOT NULL,
	"has_texts" boolean NOT NULL,
	CONSTRAINT "value_path_name" UNIQUE("path","benchmark_id")
);
--> statement-breakpoint
ALTER TABLE "eosc_perf"."benchmark" ADD CONSTRAINT "benchmark__submit_report_id_submit_id_fk" FOREIGN KEY ("_submit_report_id") REFERENCES "eosc_perf"."submit"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "eosc_perf"."benchmark" ADD CONSTRAINT "benchmark_uploader_sub_uploader_iss_user_sub_iss_fk" FOREIGN KEY ("uploader_sub","uploader_iss") REFERENCES "eosc_perf"."user"("sub","iss") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "eosc_perf"."claim" ADD CONSTRAINT "claim__submit_report_id_submit_id_fk" FOREIGN KEY ("_submit_report_id") REFERENCES "eosc_perf"."submit"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "eosc_perf"."claim" ADD CONSTRAINT "claim_uploader_sub_uploader_iss_user_sub_iss_fk" FOREIGN KEY ("uploader_sub","uploader_iss") REFERENCES "eosc_perf"."user"("sub","iss") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "eosc_perf"."flavor" ADD CONSTRAINT "flavor_site_id_site_id_fk" FOREIGN KEY ("site_id") REFERENCES "eosc_perf"."site"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "eosc_perf"."flavor" ADD CONSTRAINT "flavor__submit_report_id_submit_id_fk" FOREIGN KEY ("_submit_report_id") REFERENCES "eosc_perf"."submit"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "eosc_perf"."flavor" ADD CONSTRAINT "flavor_uploader_sub_uploader_iss_user_sub_iss_fk" FOREIGN KEY ("uploader_sub","uploader_iss") REFERENCES "eosc_perf"."user"("sub","iss") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "eosc_perf"."site" ADD CONSTRAINT "site__submit_report_id_submit_id_fk" FOREIGN KEY ("_submit_report_id") REFERENCES "eosc_perf"."submit"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "eosc_perf"."site" ADD CONSTRAINT "site_uploader_sub_uploader_iss_user_sub_iss_fk" FOREIGN KEY ("uploader_sub","uploader_iss") REFERENCES "eosc_perf"."user"("sub","iss") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "eosc_perf"."result_tags" ADD CONSTRAINT "result_tags_result_id_result_id_fk" FOREIGN KEY ("result_id") REFERENCES "eosc_perf"."result"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "eosc_perf"."result_tags" ADD CONSTRAINT "result_tags_tag_id_tag_id_fk" FOREIGN KEY ("tag_id") REFERENCES "eosc_perf"."tag"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "eosc_perf"."result" ADD CONSTRAINT "result_benchmark_id_benchmark_id_fk" FOREIGN KEY ("benchmark_id") REFERENCES "eosc_perf"."benchmark"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "eosc_perf"."result" ADD CONSTRAINT "result_site_id_site_id_fk" FOREIGN KEY ("site_id") REFERENCES "eosc_perf"."site"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "eosc_perf"."result" ADD CONSTRAINT "result_flavor_id_flavor_id_fk" FOREIGN KEY ("flavor_id") REFERENCES "eosc_perf"."flavor"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "eosc_perf"."result" ADD CONSTRAINT "result__claim_report_id_claim_id_fk" FOREIGN KEY ("_claim_report_id") REFERENCES "eosc_perf"."claim"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "eosc_perf"."result" ADD CONSTRAINT "result_uploader_sub_uploader_iss_user_sub_iss_fk" FOREIGN KEY ("uploader_sub","uploader_iss") REFERENCES "eosc_perf"."user"("sub","iss") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "eosc_perf"."value_path" ADD CONSTRAINT "value_path_benchmark_id_benchmark_id_fk" FOREIGN KEY ("benchmark_id") REFERENCES "eosc_perf"."benchmark"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "outbox_due" ON "ledger"."outbox" USING btree ("source","due_at") WHERE "ledger"."outbox"."state" = 'waiting';--> statement-breakpoint
CREATE INDEX "outbox_settled" ON "ledger"."outbox" USING btree ("settled_at");--> statement-breakpoint
CREATE INDEX "benchmark_uploader" ON "eosc_perf"."benchmark" USING btree ("uploader_sub","uploader_iss");--> statement-breakpoint
CREATE INDEX "benchmark_submit" ON "eosc_perf"."benchmark" USING btree ("_submit_report_id") WHERE "eosc_perf"."benchmark"."_submit_report_id" is not null;--> statement-breakpoint
CREATE INDEX "claim_uploader" ON "eosc_perf"."claim" USING btree ("uploader_sub","uploader_iss");--> statement-breakpoint
CREATE INDEX "claim_submit" ON "eosc_perf"."claim" USING btree ("_submit_report_id") WHERE "eosc_perf"."claim"."_submit_report_id" is not null;--> statement-breakpoint
CREATE INDEX "claim_upload" ON "eosc_perf"."claim" USING btree ("upload_datetime");--> statement-breakpoint
CREATE INDEX "flavor_uploader" ON "eosc_perf"."flavor" USING btree ("uploader_sub","uploader_iss");--> statement-breakpoint
CREATE INDEX "flavor_submit" ON "eosc_perf"."flavor" USING btree ("_submit_report_id") WHERE "eosc_perf"."flavor"."_submit_report_id" is not null;--> statement-breakpoint
CREATE INDEX "site_uploader" ON "eosc_perf"."site" USING btree ("uploader_sub","uploader_iss");--> statement-breakpoint
CREATE INDEX "site_submit" ON "eosc_perf"."site" USING btree ("_submit_report_id") WHERE "eosc_perf"."site"."_submit_report_id" is not null;--> statement-breakpoint
CREATE INDEX "submit_order" ON "eosc_perf"."submit" USING btree ("resource_type","upload_datetime");--> statement-breakpoint
CREATE INDEX "result_tags_tag" ON "eosc_perf"."result_tags" USING btree ("tag_id","result_id");--> statement-breakpoint
CREATE INDEX "result_benchmark" ON "eosc_perf"."result" USING btree ("benchmark_id","execution_datetime","key","deleted","indexed","upload_datetime","site_id","flavor_id");--> statement-breakpoint
CREATE INDEX "result_site" ON "eosc_perf"."result" USING btree ("site_id","execution_datetime","key","deleted","indexed","upload_datetime","benchmark_id","flavor_id");--> statement-breakpoint
CREATE INDEX "result_flavor" ON "eosc_perf"."result" USING btree ("flavor_id","execution_datetime","key","deleted","indexed","upload_datetime","benchmark_id","site_id");--> statement-breakpoint
CREATE INDEX "result_uploader" ON "eosc_perf"."result" USING btree ("uploader_sub","uploader_iss","execution_datetime","key","deleted","indexed","upload_datetime","benchmark_id");--> statement-breakpoint
CREATE INDEX "result_claim" ON "eosc_perf"."result" USING btree ("_claim_report_id") WHERE "eosc_perf"."result"."_claim_report_id" is not null;--> statement-breakpoint
CREATE INDEX "result_execution" ON "eosc_perf"."result" USING btree ("execution_datetime","key","deleted","indexed","upload_datetime","benchmark_id","site_id","flavor_id");--> statement-breakpoint
CREATE INDEX "result_keyed" ON "eosc_perf"."result" USING btree ("key","id","deleted","indexed","benchmark_id","site_id","flavor_id","execution_datetime","upload_datetime");--> statement-breakpoint
CREATE INDEX "result_listed" ON "eosc_perf"."result" USING btree ("id","key","deleted","indexed","benchmark_id","site_id","flavor_id","execution_datetime","upload_datetime");--> statement-breakpoint
CREATE INDEX "result_hidden" ON "eosc_perf"."result" USING btree ("key") WHERE "eosc_perf"."result"."deleted";--> statement-breakpoint
CREATE INDEX "result_unindexed" ON "eosc_perf"."result" USING btree ("key") WHERE not "eosc_perf"."result"."indexed";--> statement-breakpoint
CREATE INDEX "result_count_site" ON "eosc_perf"."result_count" USING btree ("site_id");--> statement-breakpoint
CREATE INDEX "result_count_flavor" ON "eosc_perf"."result_count" USING btree ("flavor_id");--> statement-breakpoint
CREATE INDEX "result_value_number" ON "eosc_perf"."result_value" USING btree ("path_id","number","key") WHERE "eosc_perf"."result_value"."number" is not null;--> statement-breakpoint
CREATE INDEX "result_value_text" ON "eosc_perf"."result_value" USING btree ("path_id","text" collate "C","key") WHERE "eosc_perf"."result_value"."text" is not null;--> statement-breakpoint
CREATE INDEX "result_value_truth" ON "eosc_perf"."result_value" USING btree ("path_id","truth","key") WHERE "eosc_perf"."result_value"."truth" is not null;--> statement-breakpoint
CREATE INDEX "value_path_benchmark" ON "eosc_perf"."value_path" USING btree ("benchmark_id");