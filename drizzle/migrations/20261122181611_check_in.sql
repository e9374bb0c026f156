CREATE TABLE "alert_check_ins" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"incident_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"said" text NOT NULL,
	"ward_code" text NOT NULL,
	"who_index" text NOT NULL,
	"people" integer DEFAULT 1 NOT NULL,
	"need_sealed" "bytea",
	"at" timestamp with time zone NOT NULL,
	"taken_by" uuid,
	"taken_by_name" text DEFAULT '' NOT NULL,
	"taken_at" timestamp with time zone,
	"ending" text,
	"ended_at" timestamp with time zone,
	CONSTRAINT "alert_check_ins_incidentId_seq_unique" UNIQUE("incident_id","seq")
);
--> statement-breakpoint
CREATE TABLE "alert_doors" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"incident_id" uuid NOT NULL,
	"place" text NOT NULL,
	"taken_by" uuid,
	"taken_by_name" text DEFAULT '' NOT NULL,
	"taken_at" timestamp with time zone,
	"done_at" timestamp with time zone,
	CONSTRAINT "alert_doors_incidentId_place_unique" UNIQUE("incident_id","place")
);
--> statement-breakpoint
ALTER TABLE "alert_check_ins" ADD CONSTRAINT "alert_check_ins_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert_check_ins" ADD CONSTRAINT "alert_check_ins_incident_id_incidents_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incidents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert_doors" ADD CONSTRAINT "alert_doors_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert_doors" ADD CONSTRAINT "alert_doors_incident_id_incidents_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incidents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "alert_check_ins_incident_id_who_index_index" ON "alert_check_ins" USING btree ("incident_id","who_index");--> statement-breakpoint
CREATE INDEX "alert_check_ins_incident_id_seq_index" ON "alert_check_ins" USING btree ("incident_id","seq") WHERE said = 'help' and ended_at is null;