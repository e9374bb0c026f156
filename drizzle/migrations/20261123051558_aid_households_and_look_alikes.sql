CREATE TABLE "aid_assessments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"household_id" uuid NOT NULL,
	"damage" text NOT NULL,
	"needs" text[] NOT NULL,
	"found_by" text NOT NULL,
	"assessed_by" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "aid_cards" (
	"id" uuid PRIMARY KEY NOT NULL,
	"household_id" uuid NOT NULL,
	"code_index" text NOT NULL,
	"code_sealed" "bytea" NOT NULL,
	"issued_by" uuid NOT NULL,
	"issued_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"ended_by" uuid,
	"reason" text,
	CONSTRAINT "aid_cards_codeIndex_unique" UNIQUE("code_index")
);
--> statement-breakpoint
CREATE TABLE "aid_household_events" (
	"id" uuid PRIMARY KEY NOT NULL,
	"household_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"facts" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"actor_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "aid_households" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"event_id" uuid NOT NULL,
	"site_id" uuid NOT NULL,
	"reference" text NOT NULL,
	"stay" text NOT NULL,
	"address" text DEFAULT '' NOT NULL,
	"ward_code" text,
	"state" text DEFAULT 'active' NOT NULL,
	"merged_into" uuid,
	"registered_by" uuid NOT NULL,
	"registered_at" timestamp with time zone NOT NULL,
	CONSTRAINT "aid_households_eventId_reference_unique" UNIQUE("event_id","reference")
);
--> statement-breakpoint
CREATE TABLE "aid_links" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"household_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "aid_links_personId_householdId_unique" UNIQUE("person_id","household_id")
);
--> statement-breakpoint
CREATE TABLE "aid_matches" (
	"household_id" uuid PRIMARY KEY NOT NULL,
	"keys" integer[] NOT NULL,
	"facts" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "aid_members" (
	"id" uuid PRIMARY KEY NOT NULL,
	"household_id" uuid NOT NULL,
	"is_head" boolean DEFAULT false NOT NULL,
	"relation" text NOT NULL,
	"given" text NOT NULL,
	"surname" text NOT NULL,
	"birth" text,
	"sex" text,
	"disability" boolean DEFAULT false NOT NULL,
	"document_kind" text NOT NULL,
	"document_reason" text DEFAULT '' NOT NULL,
	"document_sealed" "bytea",
	"document_index" text,
	"document_end" text DEFAULT '' NOT NULL,
	"phone_sealed" "bytea",
	"phone_index" text,
	"phone_end" text DEFAULT '' NOT NULL,
	"name_from" text NOT NULL,
	"birth_from" text NOT NULL,
	"witness" text DEFAULT '' NOT NULL,
	"added_at" timestamp with time zone NOT NULL,
	"died_at" timestamp with time zone,
	CONSTRAINT "none_has_no_number" CHECK ((document_kind = 'none') = (document_index is null))
);
--> statement-breakpoint
CREATE TABLE "aid_pairs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"event_id" uuid NOT NULL,
	"first_id" uuid NOT NULL,
	"second_id" uuid NOT NULL,
	"score" real NOT NULL,
	"level" text NOT NULL,
	"reasons" jsonb NOT NULL,
	"compared" text NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"raised_at" timestamp with time zone NOT NULL,
	"decided_by" uuid,
	"decided_at" timestamp with time zone,
	"words" text DEFAULT '' NOT NULL,
	CONSTRAINT "aid_pairs_firstId_secondId_unique" UNIQUE("first_id","second_id"),
	CONSTRAINT "in_order" CHECK (first_id < second_id)
);
--> statement-breakpoint
ALTER TABLE "aid_acts" ADD COLUMN "household_id" uuid;--> statement-breakpoint
ALTER TABLE "aid_events" ADD COLUMN "possible_at" real DEFAULT 5 NOT NULL;--> statement-breakpoint
ALTER TABLE "aid_events" ADD COLUMN "duplicate_at" real DEFAULT 8 NOT NULL;--> statement-breakpoint
ALTER TABLE "aid_assessments" ADD CONSTRAINT "aid_assessments_household_id_aid_households_id_fk" FOREIGN KEY ("household_id") REFERENCES "public"."aid_households"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "aid_cards" ADD CONSTRAINT "aid_cards_household_id_aid_households_id_fk" FOREIGN KEY ("household_id") REFERENCES "public"."aid_households"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "aid_household_events" ADD CONSTRAINT "aid_household_events_household_id_aid_households_id_fk" FOREIGN KEY ("household_id") REFERENCES "public"."aid_households"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "aid_households" ADD CONSTRAINT "aid_households_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "aid_households" ADD CONSTRAINT "aid_households_event_id_aid_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."aid_events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "aid_households" ADD CONSTRAINT "aid_households_site_id_aid_sites_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."aid_sites"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "aid_links" ADD CONSTRAINT "aid_links_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "aid_links" ADD CONSTRAINT "aid_links_household_id_aid_households_id_fk" FOREIGN KEY ("household_id") REFERENCES "public"."aid_households"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "aid_matches" ADD CONSTRAINT "aid_matches_household_id_aid_households_id_fk" FOREIGN KEY ("household_id") REFERENCES "public"."aid_households"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "aid_members" ADD CONSTRAINT "aid_members_household_id_aid_households_id_fk" FOREIGN KEY ("household_id") REFERENCES "public"."aid_households"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "aid_pairs" ADD CONSTRAINT "aid_pairs_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "aid_pairs" ADD CONSTRAINT "aid_pairs_event_id_aid_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."aid_events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "aid_pairs" ADD CONSTRAINT "aid_pairs_first_id_aid_households_id_fk" FOREIGN KEY ("first_id") REFERENCES "public"."aid_households"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "aid_pairs" ADD CONSTRAINT "aid_pairs_second_id_aid_households_id_fk" FOREIGN KEY ("second_id") REFERENCES "public"."aid_households"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "aid_assessments_household_id_at_index" ON "aid_assessments" USING btree ("household_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "one_valid_card" ON "aid_cards" USING btree ("household_id") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "aid_household_events_household_id_at_index" ON "aid_household_events" USING btree ("household_id","at");--> statement-breakpoint
CREATE INDEX "aid_households_site_id_index" ON "aid_households" USING btree ("site_id");--> statement-breakpoint
CREATE INDEX "aid_matches_keys" ON "aid_matches" USING gin ("keys");--> statement-breakpoint
CREATE INDEX "aid_members_household_id_index" ON "aid_members" USING btree ("household_id");--> statement-breakpoint
CREATE INDEX "aid_members_document_index_index" ON "aid_members" USING btree ("document_index");--> statement-breakpoint
CREATE INDEX "aid_members_phone_index_index" ON "aid_members" USING btree ("phone_index");--> statement-breakpoint
CREATE UNIQUE INDEX "one_head" ON "aid_members" USING btree ("household_id") WHERE is_head;--> statement-breakpoint
CREATE INDEX "aid_pairs_event_id_state_index" ON "aid_pairs" USING btree ("event_id","state");--> statement-breakpoint
ALTER TABLE "aid_acts" ADD CONSTRAINT "aid_acts_household_id_aid_households_id_fk" FOREIGN KEY ("household_id") REFERENCES "public"."aid_households"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
-- Candidates are found at once: nothing waits in the index's list of pending entries.
ALTER INDEX aid_matches_keys SET (fastupdate = off);
--> statement-breakpoint
-- Whether somebody has to do with a household: they said so, or a telephone of a member is one of theirs.
CREATE FUNCTION aid_is_own(accounts uuid[], household uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
	SELECT EXISTS (SELECT FROM public.aid_links l WHERE l.household_id = household AND l.person_id = ANY (accounts))
		OR EXISTS (SELECT FROM public.aid_members m
			JOIN public.contact_points point ON point.value_index = m.phone_index
			JOIN public.person_contacts theirs ON theirs.contact_point_id = point.id AND theirs.person_id = ANY (accounts)
			WHERE m.household_id = household)
$$;
--> statement-breakpoint
-- Nobody acts on their own household, in any role.
CREATE FUNCTION aid_acts_not_on_ones_own() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF NEW.household_id IS NOT NULL AND public.aid_is_own(public.aid_accounts(NEW.person_id), NEW.household_id) THEN
		PERFORM public.aid_refuse('aid_own_household');
	END IF;
	RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER aid_acts_not_on_ones_own BEFORE INSERT ON aid_acts FOR EACH ROW EXECUTE FUNCTION aid_acts_not_on_ones_own();
--> statement-breakpoint
REVOKE DELETE, TRUNCATE ON aid_households, aid_members FROM imbizo_app;
--> statement-breakpoint
REVOKE UPDATE, DELETE, TRUNCATE ON aid_household_events, aid_assessments, aid_cards, aid_links FROM imbizo_app;
--> statement-breakpoint
GRANT UPDATE (ended_at, ended_by, reason) ON aid_cards TO imbizo_app;
--> statement-breakpoint
CREATE TRIGGER aid_household_events_only_grow BEFORE UPDATE OR DELETE ON aid_household_events FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER aid_household_events_not_emptied BEFORE TRUNCATE ON aid_household_events FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER aid_assessments_only_grow BEFORE UPDATE OR DELETE ON aid_assessments FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER aid_links_only_grow BEFORE UPDATE OR DELETE ON aid_links FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
-- A card that ended is never valid again, and a code is never another household's.
CREATE FUNCTION aid_cards_only_end() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF OLD.ended_at IS NOT NULL OR NEW.ended_at IS NULL
		OR (to_jsonb(NEW) - 'ended_at' - 'ended_by' - 'reason') <> (to_jsonb(OLD) - 'ended_at' - 'ended_by' - 'reason') THEN
		RAISE EXCEPTION 'a card is ended, never changed' USING ERRCODE = '42501';
	END IF;
	RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER aid_cards_only_end BEFORE UPDATE ON aid_cards FOR EACH ROW EXECUTE FUNCTION aid_cards_only_end();
--> statement-breakpoint
-- What a person decided about two households stays; only two that are no longer held apart are asked again.
CREATE FUNCTION aid_pairs_keep_decisions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF TG_OP = 'DELETE' THEN
		IF OLD.state <> 'open' THEN RAISE EXCEPTION 'a decision stays' USING ERRCODE = '42501'; END IF;
		RETURN OLD;
	END IF;
	IF OLD.state = 'same' OR (OLD.state = 'different' AND (NEW.state <> 'open' OR NEW.compared = OLD.compared)) THEN
		RAISE EXCEPTION 'a decision stays' USING ERRCODE = '42501';
	END IF;
	RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER aid_pairs_keep_decisions BEFORE UPDATE OR DELETE ON aid_pairs FOR EACH ROW EXECUTE FUNCTION aid_pairs_keep_decisions();
