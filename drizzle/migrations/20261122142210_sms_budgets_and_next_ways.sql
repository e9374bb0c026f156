CREATE INDEX "messages_instead_of_index" ON "messages" USING btree ("instead_of");--> statement-breakpoint
ALTER TABLE "sms_spend" DROP COLUMN "warned_at";--> statement-breakpoint
ALTER TABLE "sms_spend" DROP COLUMN "refused_at";