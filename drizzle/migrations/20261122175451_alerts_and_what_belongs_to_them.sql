CREATE TABLE "alert_events" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"alert_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"what" text NOT NULL,
	"by" uuid,
	"by_name" text DEFAULT '' NOT NULL,
	"why" text DEFAULT '' NOT NULL,
	"before" jsonb,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "alert_events_alertId_seq_unique" UNIQUE("alert_id","seq")
);
--> statement-breakpoint
CREATE TABLE "alert_roster" (
	"municipality_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"place" integer NOT NULL,
	"set_by" uuid NOT NULL,
	"set_at" timestamp with time zone NOT NULL,
	CONSTRAINT "alert_roster_municipality_id_person_id_pk" PRIMARY KEY("municipality_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "alert_template_reviews" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"template" text NOT NULL,
	"language" text NOT NULL,
	"hash" text NOT NULL,
	"approved" boolean NOT NULL,
	"by" uuid,
	"by_name" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "alert_templates" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"template" text NOT NULL,
	"language" text NOT NULL,
	"words" jsonb NOT NULL,
	"hash" text NOT NULL,
	"written_by" uuid,
	"written_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "alert_translators" (
	"municipality_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"language" text NOT NULL,
	"named_by" uuid,
	"named_at" timestamp with time zone NOT NULL,
	CONSTRAINT "alert_translators_municipality_id_person_id_language_pk" PRIMARY KEY("municipality_id","person_id","language")
);
--> statement-breakpoint
CREATE TABLE "alerts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"incident_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"kind" text NOT NULL,
	"cap_status" text NOT NULL,
	"state" text NOT NULL,
	"template" text NOT NULL,
	"slots" jsonb NOT NULL,
	"gazette" text DEFAULT '' NOT NULL,
	"area_wish" jsonb NOT NULL,
	"area" jsonb,
	"geom" geometry(MultiPolygon,4326),
	"area_hash" text,
	"area_size" double precision DEFAULT 0 NOT NULL,
	"zone_ids" uuid[] DEFAULT '{}' NOT NULL,
	"expires_at" timestamp with time zone,
	"next_update_at" timestamp with time zone,
	"content" jsonb,
	"content_hash" text,
	"composed_by" uuid NOT NULL,
	"composed_by_name" text NOT NULL,
	"editors" uuid[] DEFAULT '{}' NOT NULL,
	"submitted_by" uuid,
	"submitted_by_name" text,
	"submitted_at" timestamp with time zone,
	"escalated_at" timestamp with time zone,
	"paged_ids" uuid[] DEFAULT '{}' NOT NULL,
	"returners" uuid[] DEFAULT '{}' NOT NULL,
	"returned_by" uuid,
	"returned_why" text DEFAULT '' NOT NULL,
	"rejected_by" uuid,
	"approved_by" uuid,
	"approved_by_name" text,
	"break_glass_by" uuid,
	"issued_at" timestamp with time zone,
	"stop_asked_by" uuid,
	"held_why" text DEFAULT '' NOT NULL,
	"live_at" timestamp with time zone,
	"retracted_by" uuid,
	"ended_at" timestamp with time zone,
	"references" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "alerts_incidentId_version_unique" UNIQUE("incident_id","version")
);
--> statement-breakpoint
CREATE TABLE "incidents" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"number" text NOT NULL,
	"cap_status" text NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "incidents_municipalityId_number_unique" UNIQUE("municipality_id","number")
);
--> statement-breakpoint
CREATE TABLE "evacuation_routes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"name" text NOT NULL,
	"ward_code" text,
	"geom" geometry(LineString,4326) NOT NULL,
	"open" boolean DEFAULT true NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "evacuation_routes_municipalityId_name_unique" UNIQUE("municipality_id","name")
);
--> statement-breakpoint
CREATE TABLE "shelters" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"ward_code" text,
	"point" geometry(Point,4326) NOT NULL,
	"capacity" integer DEFAULT 0 NOT NULL,
	"occupied" integer,
	"counted_by" text,
	"counted_at" timestamp with time zone,
	"open" boolean DEFAULT true NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "shelters_municipalityId_name_unique" UNIQUE("municipality_id","name")
);
--> statement-breakpoint
CREATE TABLE "alert_zones" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"incident_id" uuid NOT NULL,
	"name" text NOT NULL,
	"ward_code" text NOT NULL,
	"geom" geometry(MultiPolygon,4326) NOT NULL,
	"checks" jsonb NOT NULL,
	"checked_by" uuid,
	"checked_at" timestamp with time zone,
	"cleared_by" uuid,
	"cleared_at" timestamp with time zone,
	CONSTRAINT "alert_zones_incidentId_wardCode_unique" UNIQUE("incident_id","ward_code")
);
--> statement-breakpoint
ALTER TABLE "wards" ADD COLUMN "population" integer;--> statement-breakpoint
ALTER TABLE "alert_events" ADD CONSTRAINT "alert_events_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert_events" ADD CONSTRAINT "alert_events_alert_id_alerts_id_fk" FOREIGN KEY ("alert_id") REFERENCES "public"."alerts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert_roster" ADD CONSTRAINT "alert_roster_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert_roster" ADD CONSTRAINT "alert_roster_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert_template_reviews" ADD CONSTRAINT "alert_template_reviews_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert_templates" ADD CONSTRAINT "alert_templates_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert_translators" ADD CONSTRAINT "alert_translators_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert_translators" ADD CONSTRAINT "alert_translators_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_incident_id_incidents_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incidents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incidents" ADD CONSTRAINT "incidents_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evacuation_routes" ADD CONSTRAINT "evacuation_routes_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shelters" ADD CONSTRAINT "shelters_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert_zones" ADD CONSTRAINT "alert_zones_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert_zones" ADD CONSTRAINT "alert_zones_incident_id_incidents_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incidents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "alert_template_reviews_municipality_id_template_language_index" ON "alert_template_reviews" USING btree ("municipality_id","template","language");--> statement-breakpoint
CREATE INDEX "alert_templates_municipality_id_template_language_index" ON "alert_templates" USING btree ("municipality_id","template","language");--> statement-breakpoint
CREATE INDEX "alerts_municipality_id_state_index" ON "alerts" USING btree ("municipality_id","state");--> statement-breakpoint
CREATE INDEX "alerts_state_expires_at_index" ON "alerts" USING btree ("state","expires_at");--> statement-breakpoint
CREATE INDEX "alerts_geom_index" ON "alerts" USING gist ("geom");--> statement-breakpoint
CREATE INDEX "evacuation_routes_geom_index" ON "evacuation_routes" USING gist ("geom");--> statement-breakpoint
CREATE INDEX "shelters_point_index" ON "shelters" USING gist ("point");