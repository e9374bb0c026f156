CREATE TABLE "clock_agreements" (
	"id" uuid PRIMARY KEY NOT NULL,
	"agreement_id" uuid NOT NULL,
	"municipality_id" uuid NOT NULL,
	"service_id" uuid,
	"priority" text,
	"segment" text,
	"ward_codes" text[] DEFAULT '{}' NOT NULL,
	"acknowledge" jsonb,
	"reply" jsonb,
	"resolve" jsonb,
	"since" timestamp with time zone NOT NULL,
	"until" timestamp with time zone,
	CONSTRAINT "clock_agreements_agreementId_since_unique" UNIQUE("agreement_id","since")
);
--> statement-breakpoint
CREATE TABLE "clock_calendars" (
	"id" uuid PRIMARY KEY NOT NULL,
	"calendar_id" uuid NOT NULL,
	"municipality_id" uuid NOT NULL,
	"department_id" uuid,
	"name" text NOT NULL,
	"timezone" text NOT NULL,
	"week" jsonb NOT NULL,
	"public_holidays" boolean DEFAULT true NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"until" timestamp with time zone,
	CONSTRAINT "clock_calendars_calendarId_since_unique" UNIQUE("calendar_id","since")
);
--> statement-breakpoint
CREATE TABLE "case_clocks" (
	"case_id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"agreement" uuid NOT NULL,
	"calendar" uuid NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"acknowledge_due" timestamp with time zone,
	"acknowledged_at" timestamp with time zone,
	"reply_due" timestamp with time zone,
	"replied_at" timestamp with time zone,
	"resolve_due" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"paused_at" timestamp with time zone,
	"next_due" timestamp with time zone,
	"next_target" text,
	"reasons" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "clock_changes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"from_agreement" uuid NOT NULL,
	"to_agreement" uuid NOT NULL,
	"from_calendar" uuid NOT NULL,
	"to_calendar" uuid NOT NULL,
	"from_due" timestamp with time zone,
	"to_due" timestamp with time zone,
	"seq" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "clock_days" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"day" text NOT NULL,
	"name" text NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"until" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "clock_agreements" ADD CONSTRAINT "clock_agreements_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "clock_calendars" ADD CONSTRAINT "clock_calendars_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "clock_calendars" ADD CONSTRAINT "clock_calendars_department_id_departments_id_fk" FOREIGN KEY ("department_id") REFERENCES "public"."departments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_clocks" ADD CONSTRAINT "case_clocks_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_clocks" ADD CONSTRAINT "case_clocks_agreement_clock_agreements_id_fk" FOREIGN KEY ("agreement") REFERENCES "public"."clock_agreements"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_clocks" ADD CONSTRAINT "case_clocks_calendar_clock_calendars_id_fk" FOREIGN KEY ("calendar") REFERENCES "public"."clock_calendars"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "clock_changes" ADD CONSTRAINT "clock_changes_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "clock_days" ADD CONSTRAINT "clock_days_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "clock_agreements_municipality_id_index" ON "clock_agreements" USING btree ("municipality_id");--> statement-breakpoint
CREATE INDEX "clock_calendars_municipality_id_index" ON "clock_calendars" USING btree ("municipality_id");--> statement-breakpoint
CREATE INDEX "case_clocks_municipality_id_next_due_index" ON "case_clocks" USING btree ("municipality_id","next_due");--> statement-breakpoint
CREATE INDEX "case_clocks_next_due_index" ON "case_clocks" USING btree ("next_due");--> statement-breakpoint
CREATE INDEX "clock_changes_municipality_id_case_id_index" ON "clock_changes" USING btree ("municipality_id","case_id");--> statement-breakpoint
CREATE INDEX "clock_days_municipality_id_index" ON "clock_days" USING btree ("municipality_id");--> statement-breakpoint
CREATE INDEX "cases_municipality_id_due_at_index" ON "cases" USING btree ("municipality_id","due_at");
--> statement-breakpoint
-- Versions of promises, hours and days only end; how promises moved only grows.
CREATE FUNCTION only_ends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF OLD.until IS NOT NULL OR NEW.until IS NULL OR (to_jsonb(NEW) - 'until') <> (to_jsonb(OLD) - 'until') THEN
		RAISE EXCEPTION 'a version of % never changes but to end', TG_TABLE_NAME USING ERRCODE = '42501';
	END IF;
	RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER clock_agreements_only_end BEFORE UPDATE ON clock_agreements FOR EACH ROW EXECUTE FUNCTION only_ends();
--> statement-breakpoint
CREATE TRIGGER clock_calendars_only_end BEFORE UPDATE ON clock_calendars FOR EACH ROW EXECUTE FUNCTION only_ends();
--> statement-breakpoint
CREATE TRIGGER clock_days_only_end BEFORE UPDATE ON clock_days FOR EACH ROW EXECUTE FUNCTION only_ends();
--> statement-breakpoint
CREATE TRIGGER clock_changes_only_grow BEFORE UPDATE OR DELETE ON clock_changes FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
REVOKE DELETE, TRUNCATE ON clock_agreements, clock_calendars, clock_days, case_clocks FROM imbizo_app;
--> statement-breakpoint
REVOKE UPDATE, DELETE, TRUNCATE ON clock_changes FROM imbizo_app;
