ALTER TABLE "person_contacts" ADD COLUMN "chosen_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "privacy_requests" ADD COLUMN "name" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "privacy_requests" ADD COLUMN "identity_check" text;--> statement-breakpoint
ALTER TABLE "privacy_requests" ADD COLUMN "taken_by" uuid;