CREATE TABLE "boundary_terms" (
	"municipality_id" uuid NOT NULL,
	"boundary_set_id" uuid NOT NULL,
	"valid_from" timestamp with time zone NOT NULL,
	"valid_to" timestamp with time zone,
	CONSTRAINT "boundary_terms_municipality_id_boundary_set_id_pk" PRIMARY KEY("municipality_id","boundary_set_id")
);
--> statement-breakpoint
ALTER TABLE "boundary_terms" ADD CONSTRAINT "boundary_terms_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "boundary_terms" ADD CONSTRAINT "boundary_terms_boundary_set_id_boundary_sets_id_fk" FOREIGN KEY ("boundary_set_id") REFERENCES "public"."boundary_sets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "boundary_sets" DROP COLUMN "valid_from";--> statement-breakpoint
ALTER TABLE "boundary_sets" DROP COLUMN "valid_to";