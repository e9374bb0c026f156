CREATE TABLE "alert_family" (
	"check_in_id" uuid PRIMARY KEY NOT NULL,
	"incident_id" uuid NOT NULL,
	"known_by" text NOT NULL,
	"person_id" uuid
);
--> statement-breakpoint
CREATE TABLE "alert_hand_openings" (
	"incident_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "alert_hand_openings_incident_id_person_id_pk" PRIMARY KEY("incident_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "alert_hands" (
	"municipality_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"ward_code" text NOT NULL,
	"people" integer NOT NULL,
	"sealed" "bytea" NOT NULL,
	"kept_at" timestamp with time zone NOT NULL,
	CONSTRAINT "alert_hands_municipality_id_person_id_pk" PRIMARY KEY("municipality_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "alert_drills" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"by" uuid,
	"by_name" text NOT NULL,
	"residents" integer NOT NULL,
	"alert_id" uuid,
	"steps" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"fault" text DEFAULT '' NOT NULL
);
--> statement-breakpoint
CREATE TABLE "broadcast_seen" (
	"broadcast_id" uuid NOT NULL,
	"n" integer NOT NULL,
	"ward" text NOT NULL,
	"stage" smallint NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "broadcast_seen_broadcast_id_n_pk" PRIMARY KEY("broadcast_id","n")
);
--> statement-breakpoint
ALTER TABLE "alert_check_ins" ADD COLUMN "network_index" text;--> statement-breakpoint
ALTER TABLE "alert_check_ins" ADD COLUMN "signed_in" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "alert_doors" ADD COLUMN "hand_of" uuid;--> statement-breakpoint
ALTER TABLE "broadcast_texts" ADD COLUMN "actions" jsonb;--> statement-breakpoint
ALTER TABLE "preferences" ADD COLUMN "concealed" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "alert_family" ADD CONSTRAINT "alert_family_check_in_id_alert_check_ins_id_fk" FOREIGN KEY ("check_in_id") REFERENCES "public"."alert_check_ins"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert_family" ADD CONSTRAINT "alert_family_incident_id_incidents_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incidents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert_hand_openings" ADD CONSTRAINT "alert_hand_openings_incident_id_incidents_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incidents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert_hands" ADD CONSTRAINT "alert_hands_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert_hands" ADD CONSTRAINT "alert_hands_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert_drills" ADD CONSTRAINT "alert_drills_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "broadcast_seen" ADD CONSTRAINT "broadcast_seen_broadcast_id_broadcasts_id_fk" FOREIGN KEY ("broadcast_id") REFERENCES "public"."broadcasts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "alert_family_incident_id_known_by_index" ON "alert_family" USING btree ("incident_id","known_by");--> statement-breakpoint
CREATE INDEX "alert_hands_municipality_id_ward_code_index" ON "alert_hands" USING btree ("municipality_id","ward_code");--> statement-breakpoint
CREATE INDEX "alert_drills_municipality_id_started_at_index" ON "alert_drills" USING btree ("municipality_id","started_at");--> statement-breakpoint
-- Who opened the register stays written, and so does how a drill went.
REVOKE UPDATE, DELETE, TRUNCATE ON alert_hand_openings FROM imbizo_app;--> statement-breakpoint
REVOKE DELETE, TRUNCATE ON alert_drills FROM imbizo_app;
