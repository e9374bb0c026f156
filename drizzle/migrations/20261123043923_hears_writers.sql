CREATE TABLE "heard_answers" (
	"case_id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"heard" text NOT NULL,
	"first_time" boolean,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "record_replies" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"words" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "heard_answers" ADD CONSTRAINT "heard_answers_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "heard_answers" ADD CONSTRAINT "heard_answers_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "record_replies" ADD CONSTRAINT "record_replies_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "record_replies" ADD CONSTRAINT "record_replies_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "heard_answers_municipality_id_at_index" ON "heard_answers" USING btree ("municipality_id","at");--> statement-breakpoint
CREATE INDEX "record_replies_municipality_id_person_id_at_index" ON "record_replies" USING btree ("municipality_id","person_id","at");