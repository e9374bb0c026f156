CREATE TABLE "alert_seals" (
	"alert_id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"cap" text NOT NULL,
	"capsule" text NOT NULL,
	"scanned" jsonb NOT NULL,
	"made_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rumours" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"incident_id" uuid,
	"heard" text NOT NULL,
	"language" text NOT NULL,
	"times" integer DEFAULT 1 NOT NULL,
	"answer" text,
	"says" text DEFAULT '' NOT NULL,
	"checking_since" timestamp with time zone,
	"answered_by" uuid,
	"answered_by_name" text DEFAULT '' NOT NULL,
	"answered_at" timestamp with time zone,
	"hidden_at" timestamp with time zone,
	"card" text,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "signing_keys" (
	"id" text PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"use" text NOT NULL,
	"public_key" jsonb NOT NULL,
	"sealed" "bytea" NOT NULL,
	"vouched_by" text,
	"voucher" text,
	"made_at" timestamp with time zone NOT NULL,
	"retired_at" timestamp with time zone,
	"revoked_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "alert_unknowns" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"incident_id" uuid NOT NULL,
	"words" text NOT NULL,
	"added_by" uuid NOT NULL,
	"added_at" timestamp with time zone NOT NULL,
	"settled_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "weather_warnings" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"same_as" text NOT NULL,
	"identifier" text NOT NULL,
	"sent_at" timestamp with time zone NOT NULL,
	"source" text NOT NULL,
	"event" text NOT NULL,
	"level" text NOT NULL,
	"sender_name" text NOT NULL,
	"headline" text NOT NULL,
	"description" text NOT NULL,
	"instruction" text NOT NULL,
	"areas" text[] NOT NULL,
	"onset_at" timestamp with time zone,
	"expires_at" timestamp with time zone NOT NULL,
	"signer" text NOT NULL,
	"faults" jsonb NOT NULL,
	"state" text NOT NULL,
	"handled_by" uuid,
	"handled_by_name" text DEFAULT '' NOT NULL,
	"handled_at" timestamp with time zone,
	"seen_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "alert_seals" ADD CONSTRAINT "alert_seals_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rumours" ADD CONSTRAINT "rumours_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "signing_keys" ADD CONSTRAINT "signing_keys_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert_unknowns" ADD CONSTRAINT "alert_unknowns_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "weather_warnings" ADD CONSTRAINT "weather_warnings_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "alert_seals_municipality_id_index" ON "alert_seals" USING btree ("municipality_id");--> statement-breakpoint
CREATE INDEX "rumours_municipality_id_incident_id_index" ON "rumours" USING btree ("municipality_id","incident_id");--> statement-breakpoint
CREATE INDEX "signing_keys_municipality_id_use_index" ON "signing_keys" USING btree ("municipality_id","use");--> statement-breakpoint
CREATE UNIQUE INDEX "one_key_in_force" ON "signing_keys" USING btree ("municipality_id","use") WHERE retired_at is null;--> statement-breakpoint
CREATE INDEX "alert_unknowns_municipality_id_incident_id_index" ON "alert_unknowns" USING btree ("municipality_id","incident_id");--> statement-breakpoint
CREATE UNIQUE INDEX "one_weather_warning" ON "weather_warnings" USING btree ("municipality_id","same_as");--> statement-breakpoint
CREATE INDEX "weather_warnings_municipality_id_state_index" ON "weather_warnings" USING btree ("municipality_id","state");--> statement-breakpoint
-- What was signed is in other people's hands: it never changes here.
REVOKE UPDATE, DELETE, TRUNCATE ON alert_seals FROM imbizo_app;
--> statement-breakpoint
REVOKE DELETE, TRUNCATE ON signing_keys FROM imbizo_app;
--> statement-breakpoint
CREATE TRIGGER alert_seals_only_grow BEFORE UPDATE OR DELETE ON alert_seals FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER alert_seals_not_emptied BEFORE TRUNCATE ON alert_seals FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
