ALTER TABLE "ledger"."inbox" ADD COLUMN "digest" text;--> statement-breakpoint
ALTER TABLE "ledger"."inbox" ADD COLUMN "replaced" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "ledger"."rejected" ADD COLUMN "digest" text;--> statement-breakpoint
ALTER TABLE "ledger"."repeats" ADD COLUMN "digest" text;