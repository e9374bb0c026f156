CREATE TABLE "signing_key_requests" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"use" text NOT NULL,
	"stolen" boolean NOT NULL,
	"requested_by" uuid NOT NULL,
	"requested_by_name" text NOT NULL,
	"requested_at" timestamp with time zone NOT NULL,
	"decided_by" uuid,
	"decided_at" timestamp with time zone,
	"agreed" boolean,
	CONSTRAINT "two_decide" CHECK (decided_by is null or decided_by <> requested_by or not agreed)
);
--> statement-breakpoint
ALTER TABLE "signing_key_requests" ADD CONSTRAINT "signing_key_requests_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "signing_key_requests_municipality_id_index" ON "signing_key_requests" USING btree ("municipality_id");--> statement-breakpoint
REVOKE DELETE, TRUNCATE ON signing_key_requests FROM imbizo_app;
