ALTER TABLE "flags" ADD COLUMN "counts" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "supports" ADD COLUMN "contact_point_id" uuid;--> statement-breakpoint
CREATE INDEX "supports_contact_point_id_index" ON "supports" USING btree ("contact_point_id");