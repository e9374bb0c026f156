CREATE TABLE "push_prepared" (
	"id" uuid PRIMARY KEY NOT NULL,
	"push_subscription_id" uuid NOT NULL,
	"sealed" "bytea" NOT NULL,
	"message_id" uuid,
	"text_mark" text,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "push_prepared" ADD CONSTRAINT "push_prepared_push_subscription_id_push_subscriptions_id_fk" FOREIGN KEY ("push_subscription_id") REFERENCES "public"."push_subscriptions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "push_prepared_push_subscription_id_message_id_index" ON "push_prepared" USING btree ("push_subscription_id","message_id");--> statement-breakpoint
CREATE INDEX "push_prepared_message_id_index" ON "push_prepared" USING btree ("message_id");