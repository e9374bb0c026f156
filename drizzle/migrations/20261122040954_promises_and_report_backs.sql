CREATE TABLE "report_backs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"ward_code" text NOT NULL,
	"quarter" text NOT NULL,
	"person_id" uuid NOT NULL,
	"person_name" text NOT NULL,
	"figures" jsonb NOT NULL,
	"words" text NOT NULL,
	"published_at" timestamp with time zone NOT NULL,
	CONSTRAINT "report_backs_municipalityId_wardCode_quarter_personId_unique" UNIQUE("municipality_id","ward_code","quarter","person_id")
);
--> statement-breakpoint
ALTER TABLE "commitments" ADD COLUMN "promised_as" text NOT NULL;--> statement-breakpoint
ALTER TABLE "report_backs" ADD CONSTRAINT "report_backs_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_backs" ADD CONSTRAINT "report_backs_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "report_backs_municipality_id_ward_code_published_at_index" ON "report_backs" USING btree ("municipality_id","ward_code","published_at");