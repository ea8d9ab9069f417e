ALTER TABLE "ledger"."inbox" ADD COLUMN "digest" text;--> statement-breakpoint
ALTER TABLE "ledger"."rejected" ADD COLUMN "digest" text;--> statement-breakpoint
ALTER TABLE "ledger"."repeats" ADD COLUMN "digest" text;