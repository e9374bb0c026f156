CREATE TABLE "push_blocks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"origin" text NOT NULL,
	"size" integer NOT NULL,
	"living" integer NOT NULL,
	"members" "bytea" NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "push_generations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"key_sealed" "bytea" NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "push_shelves" (
	"block_id" uuid NOT NULL,
	"shelf" integer NOT NULL,
	"generation_id" uuid NOT NULL,
	"records" "bytea" NOT NULL,
	"broadcast_id" uuid,
	"bound_at" timestamp with time zone,
	CONSTRAINT "push_shelves_block_id_shelf_pk" PRIMARY KEY("block_id","shelf")
);
--> statement-breakpoint
ALTER TABLE "push_subscriptions" ADD COLUMN "origin" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "push_subscriptions" ADD COLUMN "block_id" uuid;--> statement-breakpoint
ALTER TABLE "push_subscriptions" ADD COLUMN "slot" integer;--> statement-breakpoint
ALTER TABLE "push_shelves" ADD CONSTRAINT "push_shelves_block_id_push_blocks_id_fk" FOREIGN KEY ("block_id") REFERENCES "public"."push_blocks"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "push_shelves" ADD CONSTRAINT "push_shelves_generation_id_push_generations_id_fk" FOREIGN KEY ("generation_id") REFERENCES "public"."push_generations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "push_blocks_origin_index" ON "push_blocks" USING btree ("origin");--> statement-breakpoint
CREATE INDEX "push_shelves_generation_id_index" ON "push_shelves" USING btree ("generation_id");--> statement-breakpoint
CREATE INDEX "push_shelves_broadcast_id_index" ON "push_shelves" USING btree ("broadcast_id");--> statement-breakpoint
ALTER TABLE "push_subscriptions" ADD CONSTRAINT "push_subscriptions_block_id_push_blocks_id_fk" FOREIGN KEY ("block_id") REFERENCES "public"."push_blocks"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "followings_push_subscription_id_index" ON "followings" USING btree ("push_subscription_id");--> statement-breakpoint
CREATE INDEX "push_subscriptions_block_id_index" ON "push_subscriptions" USING btree ("block_id");--> statement-breakpoint
CREATE INDEX "push_subscriptions_unplaced" ON "push_subscriptions" USING btree ("origin") WHERE block_id is null and gone_at is null;--> statement-breakpoint
-- Ciphertext does not get smaller: the attempt would cost more than the seal.
ALTER TABLE "push_blocks" ALTER COLUMN "members" SET STORAGE EXTERNAL;--> statement-breakpoint
ALTER TABLE "push_shelves" ALTER COLUMN "records" SET STORAGE EXTERNAL;
