CREATE TABLE "case_jobs" (
	"case_id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"title" text NOT NULL,
	"opened_by" uuid,
	"opened_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "parts" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "case_jobs" ADD CONSTRAINT "case_jobs_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_jobs" ADD CONSTRAINT "case_jobs_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "case_jobs_municipality_id_opened_at_index" ON "case_jobs" USING btree ("municipality_id","opened_at");--> statement-breakpoint
CREATE INDEX "cases_merged_into_id_index" ON "cases" USING btree ("merged_into_id") WHERE "cases"."merged_into_id" is not null;