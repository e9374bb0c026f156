CREATE TABLE "clock_internals" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"department_id" uuid NOT NULL,
	"for_department_id" uuid,
	"service_id" uuid,
	"minutes" integer NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"until" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "case_clocks" ADD COLUMN "part_due" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "case_clocks" ADD COLUMN "part_by" uuid;--> statement-breakpoint
ALTER TABLE "clock_internals" ADD CONSTRAINT "clock_internals_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "clock_internals" ADD CONSTRAINT "clock_internals_department_id_departments_id_fk" FOREIGN KEY ("department_id") REFERENCES "public"."departments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "clock_internals" ADD CONSTRAINT "clock_internals_for_department_id_departments_id_fk" FOREIGN KEY ("for_department_id") REFERENCES "public"."departments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "clock_internals_municipality_id_index" ON "clock_internals" USING btree ("municipality_id");
--> statement-breakpoint
-- What departments promised each other only ends; what a councillor said to their record stays in the books.
CREATE TRIGGER clock_internals_only_end BEFORE UPDATE ON clock_internals FOR EACH ROW EXECUTE FUNCTION only_ends();
--> statement-breakpoint
CREATE TRIGGER record_replies_only_grow BEFORE UPDATE OR DELETE ON record_replies FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
REVOKE DELETE, TRUNCATE ON clock_internals, record_replies FROM imbizo_app;
