ALTER TABLE "followings" DROP CONSTRAINT "followings_subject_subjectId_personId_contactPointId_channel_unique";--> statement-breakpoint
ALTER TABLE "preferences" ALTER COLUMN "language" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "preferences" ALTER COLUMN "language" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "followings" ADD COLUMN "push_subscription_id" uuid;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "push_subscription_id" uuid;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "claimed_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "preferences" ADD COLUMN "channel" text;--> statement-breakpoint
ALTER TABLE "push_subscriptions" ADD COLUMN "device_index" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "followings" ADD CONSTRAINT "followings_push_subscription_id_push_subscriptions_id_fk" FOREIGN KEY ("push_subscription_id") REFERENCES "public"."push_subscriptions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "followings_contact_point_id_index" ON "followings" USING btree ("contact_point_id");--> statement-breakpoint
CREATE INDEX "messages_contact_point_id_created_at_index" ON "messages" USING btree ("contact_point_id","created_at");--> statement-breakpoint
CREATE INDEX "push_subscriptions_device_index_index" ON "push_subscriptions" USING btree ("device_index");--> statement-breakpoint
ALTER TABLE "followings" ADD CONSTRAINT "followings_once" UNIQUE NULLS NOT DISTINCT("subject","subject_id","person_id","contact_point_id","push_subscription_id","channel");