CREATE TABLE "kernelci"."metrics_by_day" (
	"day" date NOT NULL,
	"what" text NOT NULL,
	"name" text,
	"issue_id" text,
	"issue_version" integer,
	"previous_day" date,
	"slot" smallint NOT NULL,
	"total" bigint NOT NULL,
	CONSTRAINT "metrics_by_day_group" UNIQUE NULLS NOT DISTINCT("day","what","name","issue_id","issue_version","previous_day","slot")
);
--> statement-breakpoint
CREATE TABLE "kernelci"."metrics_lab_builds" (
	"build_id" text NOT NULL,
	"lab" text NOT NULL,
	"day" date NOT NULL,
	"total" integer NOT NULL,
	CONSTRAINT "metrics_lab_builds_build_id_lab_day_pk" PRIMARY KEY("build_id","lab","day")
);
--> statement-breakpoint
CREATE INDEX "metrics_by_day_issue" ON "kernelci"."metrics_by_day" USING btree ("issue_id","day") WHERE "kernelci"."metrics_by_day"."issue_id" is not null;