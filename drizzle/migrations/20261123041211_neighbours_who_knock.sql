CREATE TABLE "alert_neighbour_calls" (
	"alert_id" uuid NOT NULL,
	"municipality_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"other_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "alert_neighbour_calls_alert_id_person_id_other_id_pk" PRIMARY KEY("alert_id","person_id","other_id")
);
--> statement-breakpoint
CREATE TABLE "alert_neighbour_codes" (
	"person_id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"code_index" text NOT NULL,
	"sealed" "bytea" NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "alert_neighbour_codes_codeIndex_unique" UNIQUE("code_index")
);
--> statement-breakpoint
CREATE TABLE "alert_neighbours" (
	"municipality_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"other_id" uuid NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	CONSTRAINT "alert_neighbours_municipality_id_person_id_other_id_pk" PRIMARY KEY("municipality_id","person_id","other_id")
);
--> statement-breakpoint
ALTER TABLE "alert_neighbour_calls" ADD CONSTRAINT "alert_neighbour_calls_alert_id_alerts_id_fk" FOREIGN KEY ("alert_id") REFERENCES "public"."alerts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert_neighbour_calls" ADD CONSTRAINT "alert_neighbour_calls_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert_neighbour_calls" ADD CONSTRAINT "alert_neighbour_calls_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert_neighbour_calls" ADD CONSTRAINT "alert_neighbour_calls_other_id_people_id_fk" FOREIGN KEY ("other_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert_neighbour_codes" ADD CONSTRAINT "alert_neighbour_codes_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert_neighbour_codes" ADD CONSTRAINT "alert_neighbour_codes_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert_neighbours" ADD CONSTRAINT "alert_neighbours_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert_neighbours" ADD CONSTRAINT "alert_neighbours_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert_neighbours" ADD CONSTRAINT "alert_neighbours_other_id_people_id_fk" FOREIGN KEY ("other_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "alert_neighbour_calls_person_id_index" ON "alert_neighbour_calls" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "alert_neighbour_calls_other_id_index" ON "alert_neighbour_calls" USING btree ("other_id");--> statement-breakpoint
CREATE INDEX "alert_neighbour_codes_municipality_id_index" ON "alert_neighbour_codes" USING btree ("municipality_id");--> statement-breakpoint
CREATE INDEX "alert_neighbours_person_id_index" ON "alert_neighbours" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "alert_neighbours_other_id_index" ON "alert_neighbours" USING btree ("other_id");