CREATE TABLE "alert_clips" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"alert_id" uuid,
	"template" text NOT NULL,
	"text_hash" text,
	"language" text NOT NULL,
	"media_type" text NOT NULL,
	"bytes" "bytea" NOT NULL,
	"size" integer NOT NULL,
	"digest" text NOT NULL,
	"uploaded_by" uuid NOT NULL,
	"uploaded_by_name" text NOT NULL,
	"uploaded_at" timestamp with time zone NOT NULL,
	"approved_by" uuid,
	"approved_by_name" text DEFAULT '' NOT NULL,
	"approved_at" timestamp with time zone,
	"removed_at" timestamp with time zone,
	CONSTRAINT "two_listen" CHECK (approved_by is null or approved_by <> uploaded_by)
);
--> statement-breakpoint
CREATE TABLE "alert_resources" (
	"alert_id" uuid NOT NULL,
	"municipality_id" uuid NOT NULL,
	"name" text NOT NULL,
	"media_type" text NOT NULL,
	"bytes" "bytea" NOT NULL,
	"digest" text NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	CONSTRAINT "alert_resources_alert_id_name_pk" PRIMARY KEY("alert_id","name")
);
--> statement-breakpoint
CREATE TABLE "cap_imports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"identifier" text NOT NULL,
	"sender" text NOT NULL,
	"sent_at" timestamp with time zone NOT NULL,
	"msg_type" text NOT NULL,
	"refers" text[] NOT NULL,
	"signer" text NOT NULL,
	"faults" jsonb NOT NULL,
	"said" jsonb NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"xml" text NOT NULL,
	"state" text NOT NULL,
	"draft_id" uuid,
	"imported_by" uuid NOT NULL,
	"imported_by_name" text NOT NULL,
	"imported_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "weather_unread" (
	"link" text PRIMARY KEY NOT NULL,
	"why" text NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"seen_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "alert_plans" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"words" text NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"planned_by" uuid NOT NULL,
	"planned_at" timestamp with time zone NOT NULL,
	"cancelled_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "signing_keys" ADD COLUMN "exercise" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "alerts" ADD COLUMN "fast_track_by" uuid;--> statement-breakpoint
ALTER TABLE "alert_clips" ADD CONSTRAINT "alert_clips_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert_resources" ADD CONSTRAINT "alert_resources_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cap_imports" ADD CONSTRAINT "cap_imports_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert_plans" ADD CONSTRAINT "alert_plans_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "alert_clips_municipality_id_template_language_index" ON "alert_clips" USING btree ("municipality_id","template","language");--> statement-breakpoint
CREATE INDEX "alert_clips_alert_id_index" ON "alert_clips" USING btree ("alert_id");--> statement-breakpoint
CREATE INDEX "alert_resources_municipality_id_index" ON "alert_resources" USING btree ("municipality_id");--> statement-breakpoint
CREATE UNIQUE INDEX "one_cap_import" ON "cap_imports" USING btree ("municipality_id","sender","identifier");--> statement-breakpoint
CREATE INDEX "cap_imports_municipality_id_imported_at_index" ON "cap_imports" USING btree ("municipality_id","imported_at");--> statement-breakpoint
CREATE INDEX "alert_plans_municipality_id_starts_at_index" ON "alert_plans" USING btree ("municipality_id","starts_at");--> statement-breakpoint
-- What a signature names never changes; a recording and a message of others are never taken away, only marked.
REVOKE UPDATE, DELETE, TRUNCATE ON alert_resources FROM imbizo_app;
--> statement-breakpoint
REVOKE DELETE, TRUNCATE ON alert_clips, cap_imports FROM imbizo_app;
--> statement-breakpoint
UPDATE signing_keys SET exercise = true WHERE municipality_id IN (SELECT id FROM municipalities WHERE kind = 'exercise');
--> statement-breakpoint
CREATE OR REPLACE FUNCTION alerts_keep_their_word() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF NEW.cap_status <> OLD.cap_status OR NEW.municipality_id <> OLD.municipality_id OR NEW.incident_id <> OLD.incident_id THEN
		RAISE EXCEPTION 'the status and place of an alert never change';
	END IF;
	IF OLD.state IN ('rejected', 'superseded', 'retracted', 'cleared', 'expired') AND NEW.state <> OLD.state THEN
		RAISE EXCEPTION 'nothing leads out of %', OLD.state;
	END IF;
	IF OLD.state <> 'draft' AND NEW.state <> 'draft' AND
		(NEW.content IS DISTINCT FROM OLD.content OR NEW.content_hash IS DISTINCT FROM OLD.content_hash OR NEW.area IS DISTINCT FROM OLD.area) THEN
		RAISE EXCEPTION 'what was submitted is frozen';
	END IF;
	IF NEW.cap_status = 'actual' AND NEW.approved_by IS NOT NULL AND NEW.approved_by = NEW.submitted_by THEN
		RAISE EXCEPTION 'nobody approves what they submitted';
	END IF;
	IF NEW.break_glass_by IS NOT NULL AND NEW.approved_by IS NOT NULL THEN
		RAISE EXCEPTION 'released alone is not approved';
	END IF;
	IF NEW.fast_track_by IS NOT NULL AND (NEW.approved_by IS NOT NULL OR NEW.break_glass_by IS NOT NULL OR NEW.kind NOT IN ('update', 'cancel')) THEN
		RAISE EXCEPTION 'only an update goes out at once, and that is no approval';
	END IF;
	RETURN NEW;
END $$;
--> statement-breakpoint
REVOKE DELETE, TRUNCATE ON alert_plans FROM imbizo_app;
