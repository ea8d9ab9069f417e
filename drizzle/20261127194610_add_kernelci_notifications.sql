CREATE TABLE "kernelci"."chat_messages" (
	"digest" text PRIMARY KEY NOT NULL,
	"sent_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "kernelci"."notification_slots" (
	"job" text PRIMARY KEY NOT NULL,
	"slot" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "kernelci"."notifications_checkout" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"notification_message_id" text NOT NULL,
	"notification_sent" timestamp with time zone NOT NULL,
	"checkout_id" text NOT NULL,
	"git_repository_branch" text NOT NULL,
	"git_repository_url" text NOT NULL,
	"origin" text DEFAULT 'maestro' NOT NULL,
	"path" text,
	"report" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "kernelci"."notifications_issue" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"notification_message_id" text,
	"notification_sent" timestamp with time zone,
	"issue_id" text NOT NULL,
	"issue_version" integer NOT NULL,
	"issue_type" text,
	CONSTRAINT "notifications_issue_version" UNIQUE("issue_id","issue_version")
);
--> statement-breakpoint
CREATE TABLE "kernelci"."subscribed_hardware" (
	"platform" text NOT NULL,
	"origin" text NOT NULL,
	"file" text NOT NULL,
	"labs" jsonb NOT NULL,
	"default_recipients" text[] NOT NULL,
	CONSTRAINT "subscribed_hardware_platform_origin_pk" PRIMARY KEY("platform","origin")
);
--> statement-breakpoint
CREATE TABLE "kernelci"."subscribed_reports" (
	"file" text NOT NULL,
	"tree" text NOT NULL,
	"position" smallint NOT NULL,
	"label" text NOT NULL,
	"branch" text NOT NULL,
	"origin" text NOT NULL,
	"always" boolean NOT NULL,
	"paths" text[] NOT NULL,
	"recipients" text[] NOT NULL,
	"ignores_default_recipients" boolean NOT NULL,
	CONSTRAINT "subscribed_reports_file_tree_position_pk" PRIMARY KEY("file","tree","position")
);
--> statement-breakpoint
CREATE TABLE "kernelci"."subscribed_trees" (
	"file" text NOT NULL,
	"name" text NOT NULL,
	"url" text NOT NULL,
	"default_recipients" text[] NOT NULL,
	CONSTRAINT "subscribed_trees_file_name_pk" PRIMARY KEY("file","name")
);
--> statement-breakpoint
DROP INDEX "ledger"."outbox_due";--> statement-breakpoint
ALTER TABLE "ledger"."outbox" ADD COLUMN "channel" text DEFAULT 'mail' NOT NULL;--> statement-breakpoint
ALTER TABLE "ledger"."outbox" ADD COLUMN "key" text;--> statement-breakpoint
CREATE INDEX "chat_messages_sent_at" ON "kernelci"."chat_messages" USING btree ("sent_at");--> statement-breakpoint
CREATE INDEX "notifications_checkout_report" ON "kernelci"."notifications_checkout" USING btree ("report","notification_sent");--> statement-breakpoint
CREATE INDEX "outbox_due" ON "ledger"."outbox" USING btree ("source","channel","due_at") WHERE "ledger"."outbox"."state" = 'waiting';--> statement-breakpoint
ALTER TABLE "ledger"."outbox" ADD CONSTRAINT "outbox_key" UNIQUE("key");