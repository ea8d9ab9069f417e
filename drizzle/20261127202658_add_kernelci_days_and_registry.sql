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
CREATE TABLE "kernelci"."hardware_registry_platform_vendors" (
	"id" text PRIMARY KEY NOT NULL,
	"type" text,
	"url" text,
	"details" jsonb
);
--> statement-breakpoint
CREATE TABLE "kernelci"."hardware_registry_platforms" (
	"id" text PRIMARY KEY NOT NULL,
	"type" text,
	"url" text,
	"details" jsonb,
	"vendor_id" text,
	"processor_id" text,
	"system_module_id" text,
	"form_factor" text
);
--> statement-breakpoint
CREATE TABLE "kernelci"."hardware_registry_processors" (
	"id" text PRIMARY KEY NOT NULL,
	"type" text,
	"url" text,
	"details" jsonb,
	"vendor_id" text,
	"architecture" text,
	"cores" integer,
	"max_clock_speed_mhz" double precision
);
--> statement-breakpoint
CREATE TABLE "kernelci"."hardware_registry_silicon_vendors" (
	"id" text PRIMARY KEY NOT NULL,
	"type" text,
	"url" text,
	"details" jsonb
);
--> statement-breakpoint
CREATE TABLE "kernelci"."hardware_registry_system_modules" (
	"id" text PRIMARY KEY NOT NULL,
	"type" text,
	"url" text,
	"details" jsonb,
	"vendor_id" text,
	"processor_id" text,
	"form_factor" text
);
--> statement-breakpoint
CREATE TABLE "kernelci"."object_counts" (
	"what" text NOT NULL,
	"origin" text NOT NULL,
	"lab" text NOT NULL,
	"platform" text NOT NULL,
	"slot" smallint NOT NULL,
	"total" bigint NOT NULL,
	CONSTRAINT "object_counts_what_origin_lab_platform_slot_pk" PRIMARY KEY("what","origin","lab","platform","slot")
);
--> statement-breakpoint
ALTER TABLE "kernelci"."hardware_registry_platforms" ADD CONSTRAINT "hardware_registry_platforms_vendor_id_hardware_registry_platform_vendors_id_fk" FOREIGN KEY ("vendor_id") REFERENCES "kernelci"."hardware_registry_platform_vendors"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "kernelci"."hardware_registry_platforms" ADD CONSTRAINT "hardware_registry_platforms_processor_id_hardware_registry_processors_id_fk" FOREIGN KEY ("processor_id") REFERENCES "kernelci"."hardware_registry_processors"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "kernelci"."hardware_registry_platforms" ADD CONSTRAINT "hardware_registry_platforms_system_module_id_hardware_registry_system_modules_id_fk" FOREIGN KEY ("system_module_id") REFERENCES "kernelci"."hardware_registry_system_modules"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "kernelci"."hardware_registry_processors" ADD CONSTRAINT "hardware_registry_processors_vendor_id_hardware_registry_silicon_vendors_id_fk" FOREIGN KEY ("vendor_id") REFERENCES "kernelci"."hardware_registry_silicon_vendors"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "kernelci"."hardware_registry_system_modules" ADD CONSTRAINT "hardware_registry_system_modules_vendor_id_hardware_registry_platform_vendors_id_fk" FOREIGN KEY ("vendor_id") REFERENCES "kernelci"."hardware_registry_platform_vendors"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "kernelci"."hardware_registry_system_modules" ADD CONSTRAINT "hardware_registry_system_modules_processor_id_hardware_registry_processors_id_fk" FOREIGN KEY ("processor_id") REFERENCES "kernelci"."hardware_registry_processors"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "metrics_by_day_issue" ON "kernelci"."metrics_by_day" USING btree ("issue_id","day") WHERE "kernelci"."metrics_by_day"."issue_id" is not null;