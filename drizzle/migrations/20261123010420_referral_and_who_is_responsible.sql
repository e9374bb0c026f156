CREATE TABLE "referral_keys" (
	"municipality_id" uuid PRIMARY KEY NOT NULL,
	"public_key" text NOT NULL,
	"private_sealed" "bytea" NOT NULL,
	"since" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "referral_letters" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"peer_id" uuid NOT NULL,
	"referral_id" uuid NOT NULL,
	"letter" jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"next_try_at" timestamp with time zone NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"taken_at" timestamp with time zone,
	"fault" text
);
--> statement-breakpoint
CREATE TABLE "referral_nonces" (
	"peer_id" uuid NOT NULL,
	"nonce" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "referral_nonces_peer_id_nonce_pk" PRIMARY KEY("peer_id","nonce")
);
--> statement-breakpoint
CREATE TABLE "referral_peers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"department_id" uuid NOT NULL,
	"url" text NOT NULL,
	"public_key" text NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"until" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "referral_words" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"referral_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"by" text NOT NULL,
	"via" text NOT NULL,
	"code" text,
	"text" text DEFAULT '' NOT NULL,
	"late" boolean DEFAULT false NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"deed_id" uuid NOT NULL,
	CONSTRAINT "referral_words_referralId_deedId_unique" UNIQUE("referral_id","deed_id")
);
--> statement-breakpoint
CREATE TABLE "referrals" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"case_id" uuid,
	"reference" text NOT NULL,
	"from_department_id" uuid,
	"from_name" text NOT NULL,
	"to_department_id" uuid,
	"to_municipality_id" uuid,
	"to_name" text NOT NULL,
	"peer_id" uuid,
	"state" text NOT NULL,
	"asked" boolean DEFAULT false NOT NULL,
	"loop" boolean DEFAULT false NOT NULL,
	"carried" jsonb NOT NULL,
	"sent_at" timestamp with time zone NOT NULL,
	"sent_by" uuid,
	"accepted_at" timestamp with time zone,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "responsibilities" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"service_id" uuid,
	"group" text,
	"ward_code" text,
	"to_municipality_id" uuid,
	"to_department_id" uuid,
	"sends" boolean DEFAULT false NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"until" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "referral_keys" ADD CONSTRAINT "referral_keys_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "referral_letters" ADD CONSTRAINT "referral_letters_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "referral_letters" ADD CONSTRAINT "referral_letters_peer_id_referral_peers_id_fk" FOREIGN KEY ("peer_id") REFERENCES "public"."referral_peers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "referral_letters" ADD CONSTRAINT "referral_letters_referral_id_referrals_id_fk" FOREIGN KEY ("referral_id") REFERENCES "public"."referrals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "referral_peers" ADD CONSTRAINT "referral_peers_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "referral_peers" ADD CONSTRAINT "referral_peers_department_id_departments_id_fk" FOREIGN KEY ("department_id") REFERENCES "public"."departments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "referral_words" ADD CONSTRAINT "referral_words_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "referral_words" ADD CONSTRAINT "referral_words_referral_id_referrals_id_fk" FOREIGN KEY ("referral_id") REFERENCES "public"."referrals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "referrals" ADD CONSTRAINT "referrals_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "referrals" ADD CONSTRAINT "referrals_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "referrals" ADD CONSTRAINT "referrals_from_department_id_departments_id_fk" FOREIGN KEY ("from_department_id") REFERENCES "public"."departments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "referrals" ADD CONSTRAINT "referrals_to_department_id_departments_id_fk" FOREIGN KEY ("to_department_id") REFERENCES "public"."departments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "referrals" ADD CONSTRAINT "referrals_to_municipality_id_municipalities_id_fk" FOREIGN KEY ("to_municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "responsibilities" ADD CONSTRAINT "responsibilities_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "responsibilities" ADD CONSTRAINT "responsibilities_to_municipality_id_municipalities_id_fk" FOREIGN KEY ("to_municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "responsibilities" ADD CONSTRAINT "responsibilities_to_department_id_departments_id_fk" FOREIGN KEY ("to_department_id") REFERENCES "public"."departments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "referral_letters_next_try_at_index" ON "referral_letters" USING btree ("next_try_at") WHERE taken_at is null;--> statement-breakpoint
CREATE INDEX "referral_letters_municipality_id_index" ON "referral_letters" USING btree ("municipality_id");--> statement-breakpoint
CREATE INDEX "referral_nonces_at_index" ON "referral_nonces" USING btree ("at");--> statement-breakpoint
CREATE INDEX "referral_peers_municipality_id_index" ON "referral_peers" USING btree ("municipality_id");--> statement-breakpoint
CREATE INDEX "referral_words_municipality_id_index" ON "referral_words" USING btree ("municipality_id");--> statement-breakpoint
CREATE INDEX "referrals_municipality_id_state_index" ON "referrals" USING btree ("municipality_id","state");--> statement-breakpoint
CREATE INDEX "referrals_to_municipality_id_state_index" ON "referrals" USING btree ("to_municipality_id","state");--> statement-breakpoint
CREATE INDEX "referrals_case_id_index" ON "referrals" USING btree ("case_id");--> statement-breakpoint
CREATE UNIQUE INDEX "referrals_one_open" ON "referrals" USING btree ("case_id") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "responsibilities_municipality_id_index" ON "responsibilities" USING btree ("municipality_id");--> statement-breakpoint
-- Who was responsible when stays known: a row only ends.
CREATE TRIGGER responsibilities_only_end BEFORE UPDATE ON responsibilities FOR EACH ROW EXECUTE FUNCTION only_ends();
--> statement-breakpoint
CREATE TRIGGER referral_peers_only_end BEFORE UPDATE ON referral_peers FOR EACH ROW EXECUTE FUNCTION only_ends();
--> statement-breakpoint
REVOKE DELETE, TRUNCATE ON responsibilities, referrals, referral_words, referral_peers, referral_letters FROM imbizo_app;
--> statement-breakpoint
REVOKE UPDATE ON referral_words FROM imbizo_app;
