CREATE TABLE "case_climbs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"rung" uuid NOT NULL,
	"level" text NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"answered_at" timestamp with time zone,
	CONSTRAINT "case_climbs_caseId_rung_unique" UNIQUE("case_id","rung")
);
--> statement-breakpoint
CREATE TABLE "clock_rungs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"service_id" uuid,
	"percent" integer NOT NULL,
	"level" text NOT NULL,
	"copy_councillor" boolean DEFAULT false NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"until" timestamp with time zone
);
--> statement-breakpoint
DROP INDEX "case_clocks_next_due_index";--> statement-breakpoint
ALTER TABLE "case_clocks" ADD COLUMN "next_climb" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "case_climbs" ADD CONSTRAINT "case_climbs_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_climbs" ADD CONSTRAINT "case_climbs_rung_clock_rungs_id_fk" FOREIGN KEY ("rung") REFERENCES "public"."clock_rungs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "clock_rungs" ADD CONSTRAINT "clock_rungs_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "case_climbs_municipality_id_answered_at_index" ON "case_climbs" USING btree ("municipality_id","answered_at");--> statement-breakpoint
CREATE INDEX "clock_rungs_municipality_id_index" ON "clock_rungs" USING btree ("municipality_id");--> statement-breakpoint
CREATE INDEX "case_clocks_next_climb_index" ON "case_clocks" USING btree ("next_climb");
--> statement-breakpoint
-- A ladder's steps only end; a rung that was climbed stays climbed.
CREATE TRIGGER clock_rungs_only_end BEFORE UPDATE ON clock_rungs FOR EACH ROW EXECUTE FUNCTION only_ends();
--> statement-breakpoint
REVOKE DELETE, TRUNCATE ON clock_rungs, case_climbs FROM imbizo_app;
