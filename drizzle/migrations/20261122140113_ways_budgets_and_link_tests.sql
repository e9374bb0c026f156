CREATE TABLE "link_tests" (
	"id" uuid PRIMARY KEY NOT NULL,
	"way" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"took" integer NOT NULL,
	"fault" text
);
--> statement-breakpoint
CREATE TABLE "outages" (
	"id" uuid PRIMARY KEY NOT NULL,
	"way" text NOT NULL,
	"kind" text NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "sms_budgets" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"department_id" uuid,
	"cents" integer,
	"segments" integer,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "sms_budgets_once" UNIQUE NULLS NOT DISTINCT("municipality_id","department_id")
);
--> statement-breakpoint
CREATE TABLE "sms_prices" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"per_thousand" integer NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	CONSTRAINT "sms_prices_municipalityId_startsAt_unique" UNIQUE("municipality_id","starts_at")
);
--> statement-breakpoint
CREATE TABLE "sms_spend" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"department_id" uuid,
	"month" text NOT NULL,
	"segments" integer DEFAULT 0 NOT NULL,
	"millicents" bigint DEFAULT 0 NOT NULL,
	"exempt_segments" integer DEFAULT 0 NOT NULL,
	"exempt_millicents" bigint DEFAULT 0 NOT NULL,
	"refused" integer DEFAULT 0 NOT NULL,
	"warned_at" timestamp with time zone,
	"refused_at" timestamp with time zone,
	CONSTRAINT "sms_spend_once" UNIQUE NULLS NOT DISTINCT("municipality_id","department_id","month")
);
--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "way" text;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "department_id" uuid;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "segments" integer;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "instead_of" uuid;--> statement-breakpoint
ALTER TABLE "sms_budgets" ADD CONSTRAINT "sms_budgets_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sms_budgets" ADD CONSTRAINT "sms_budgets_department_id_departments_id_fk" FOREIGN KEY ("department_id") REFERENCES "public"."departments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sms_prices" ADD CONSTRAINT "sms_prices_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sms_spend" ADD CONSTRAINT "sms_spend_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sms_spend" ADD CONSTRAINT "sms_spend_department_id_departments_id_fk" FOREIGN KEY ("department_id") REFERENCES "public"."departments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "link_tests_way_at_index" ON "link_tests" USING btree ("way","at");--> statement-breakpoint
CREATE UNIQUE INDEX "outages_one_open" ON "outages" USING btree ("way","kind") WHERE "outages"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "messages_gateway_ref_index" ON "messages" USING btree ("gateway_ref");--> statement-breakpoint
CREATE INDEX "messages_channel_outcome_at_index" ON "messages" USING btree ("channel","outcome_at");