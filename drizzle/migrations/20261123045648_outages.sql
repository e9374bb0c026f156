CREATE TABLE "outage_dismissals" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"service_id" uuid NOT NULL,
	"issue_ids" uuid[] NOT NULL,
	"why" text NOT NULL,
	"by" uuid NOT NULL,
	"by_name" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "outage_events" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"outage_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"forecast_before" timestamp with time zone,
	"forecast_after" timestamp with time zone,
	"why" text DEFAULT '' NOT NULL,
	"by" uuid NOT NULL,
	"by_name" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "outage_events_outageId_seq_unique" UNIQUE("outage_id","seq")
);
--> statement-breakpoint
CREATE TABLE "outage_households" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"outage_id" uuid NOT NULL,
	"by_whom" text NOT NULL,
	"address" text,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "outage_households_outageId_byWhom_unique" UNIQUE("outage_id","by_whom")
);
--> statement-breakpoint
CREATE TABLE "service_outages" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"state" text NOT NULL,
	"planned" boolean NOT NULL,
	"service_ids" uuid[] NOT NULL,
	"area_desc" text NOT NULL,
	"area_wish" jsonb NOT NULL,
	"area" geometry(MultiPolygon,4326) NOT NULL,
	"ward_codes" text[] DEFAULT '{}' NOT NULL,
	"whole_ward_codes" text[] DEFAULT '{}' NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"forecast_end" timestamp with time zone,
	"words" text DEFAULT '' NOT NULL,
	"language" text NOT NULL,
	"reference" text,
	"evidence" uuid[] DEFAULT '{}' NOT NULL,
	"households" integer DEFAULT 0 NOT NULL,
	"published_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"closed_at" timestamp with time zone,
	"created_by" uuid NOT NULL,
	"created_by_name" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "service_outages_municipalityId_number_unique" UNIQUE("municipality_id","number")
);
--> statement-breakpoint
ALTER TABLE "outage_dismissals" ADD CONSTRAINT "outage_dismissals_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outage_dismissals" ADD CONSTRAINT "outage_dismissals_service_id_services_id_fk" FOREIGN KEY ("service_id") REFERENCES "public"."services"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outage_events" ADD CONSTRAINT "outage_events_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outage_events" ADD CONSTRAINT "outage_events_outage_id_service_outages_id_fk" FOREIGN KEY ("outage_id") REFERENCES "public"."service_outages"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outage_households" ADD CONSTRAINT "outage_households_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outage_households" ADD CONSTRAINT "outage_households_outage_id_service_outages_id_fk" FOREIGN KEY ("outage_id") REFERENCES "public"."service_outages"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "service_outages" ADD CONSTRAINT "service_outages_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "outage_dismissals_municipality_id_at_index" ON "outage_dismissals" USING btree ("municipality_id","at");--> statement-breakpoint
CREATE INDEX "service_outages_municipality_id_state_index" ON "service_outages" USING btree ("municipality_id","state");--> statement-breakpoint
CREATE INDEX "service_outages_area_index" ON "service_outages" USING gist ("area");