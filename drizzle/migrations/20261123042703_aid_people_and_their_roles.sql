CREATE TABLE "aid_acts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"event_id" uuid NOT NULL,
	"site_id" uuid,
	"programme_id" uuid,
	"person_id" uuid NOT NULL,
	"role" text NOT NULL,
	"assignment_id" uuid,
	"deed" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "somewhere" CHECK (num_nonnulls(site_id, programme_id) > 0)
);
--> statement-breakpoint
CREATE TABLE "aid_assignments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"event_id" uuid NOT NULL,
	"site_id" uuid,
	"programme_id" uuid,
	"person_id" uuid NOT NULL,
	"role" text NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"given_by" uuid NOT NULL,
	"ended_at" timestamp with time zone,
	"ended_by" uuid,
	CONSTRAINT "site_or_programme" CHECK (num_nonnulls(site_id, programme_id) = 1),
	CONSTRAINT "by_another" CHECK (given_by <> person_id)
);
--> statement-breakpoint
CREATE TABLE "aid_events" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"opened_by" uuid NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"closed_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "aid_programmes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"event_id" uuid NOT NULL,
	"agency_id" uuid NOT NULL,
	"name" text NOT NULL,
	"about" text DEFAULT '' NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"closed_at" timestamp with time zone,
	CONSTRAINT "aid_programmes_eventId_name_unique" UNIQUE("event_id","name")
);
--> statement-breakpoint
CREATE TABLE "aid_sites" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"event_id" uuid NOT NULL,
	"agency_id" uuid NOT NULL,
	"name" text NOT NULL,
	"ward_code" text,
	"address" text DEFAULT '' NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"closed_at" timestamp with time zone,
	CONSTRAINT "aid_sites_eventId_name_unique" UNIQUE("event_id","name")
);
--> statement-breakpoint
ALTER TABLE "aid_acts" ADD CONSTRAINT "aid_acts_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "aid_acts" ADD CONSTRAINT "aid_acts_event_id_aid_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."aid_events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "aid_acts" ADD CONSTRAINT "aid_acts_site_id_aid_sites_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."aid_sites"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "aid_acts" ADD CONSTRAINT "aid_acts_programme_id_aid_programmes_id_fk" FOREIGN KEY ("programme_id") REFERENCES "public"."aid_programmes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "aid_acts" ADD CONSTRAINT "aid_acts_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "aid_acts" ADD CONSTRAINT "aid_acts_assignment_id_aid_assignments_id_fk" FOREIGN KEY ("assignment_id") REFERENCES "public"."aid_assignments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "aid_assignments" ADD CONSTRAINT "aid_assignments_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "aid_assignments" ADD CONSTRAINT "aid_assignments_event_id_aid_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."aid_events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "aid_assignments" ADD CONSTRAINT "aid_assignments_site_id_aid_sites_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."aid_sites"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "aid_assignments" ADD CONSTRAINT "aid_assignments_programme_id_aid_programmes_id_fk" FOREIGN KEY ("programme_id") REFERENCES "public"."aid_programmes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "aid_assignments" ADD CONSTRAINT "aid_assignments_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "aid_events" ADD CONSTRAINT "aid_events_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "aid_programmes" ADD CONSTRAINT "aid_programmes_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "aid_programmes" ADD CONSTRAINT "aid_programmes_event_id_aid_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."aid_events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "aid_programmes" ADD CONSTRAINT "aid_programmes_agency_id_departments_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."departments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "aid_sites" ADD CONSTRAINT "aid_sites_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "aid_sites" ADD CONSTRAINT "aid_sites_event_id_aid_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."aid_events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "aid_sites" ADD CONSTRAINT "aid_sites_agency_id_departments_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."departments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "aid_acts_person_id_index" ON "aid_acts" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "aid_acts_subject_id_index" ON "aid_acts" USING btree ("subject_id");--> statement-breakpoint
CREATE INDEX "aid_assignments_person_id_index" ON "aid_assignments" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "aid_assignments_event_id_index" ON "aid_assignments" USING btree ("event_id");--> statement-breakpoint
CREATE INDEX "aid_events_municipality_id_opened_at_index" ON "aid_events" USING btree ("municipality_id","opened_at");--> statement-breakpoint
-- Relief is kept apart by the database itself, so that no door around the rule is left open. A
-- refusal has the code AID01 and carries the name of its rule as the constraint.
CREATE FUNCTION aid_refuse(rule text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION 'relief: %', rule USING ERRCODE = 'AID01', CONSTRAINT = rule;
END $$;
--> statement-breakpoint
-- Never the same person at one site or for one programme.
CREATE FUNCTION aid_roles_clash(a text, b text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
	SELECT a <> b AND ('auditor' IN (a, b) OR (least(a, b), greatest(a, b)) IN (
		('approver', 'registrar'), ('approver', 'finance'), ('distributor', 'verifier'), ('adjudicator', 'distributor')
	))
$$;
--> statement-breakpoint
-- A person is all their accounts: those that share a proved telephone or address with this one.
CREATE FUNCTION aid_accounts(person uuid) RETURNS uuid[] LANGUAGE sql STABLE AS $$
	SELECT array_agg(DISTINCT id ORDER BY id) FROM (
		SELECT person AS id
		UNION SELECT theirs.person_id FROM public.person_contacts mine
			JOIN public.contact_points point ON point.id = mine.contact_point_id AND point.verified_at IS NOT NULL
			JOIN public.person_contacts theirs ON theirs.contact_point_id = mine.contact_point_id
			WHERE mine.person_id = person
	) everybody
$$;
--> statement-breakpoint
-- Two transactions that each saw nothing may not both write: one waits for the other.
CREATE FUNCTION aid_one_at_a_time(accounts uuid[]) RETURNS void LANGUAGE sql AS $$
	SELECT pg_advisory_xact_lock(hashtextextended('aid/' || accounts[1], 0))
$$;
--> statement-breakpoint
-- Whether one of these accounts is a councillor at some instant between the two, anywhere.
CREATE FUNCTION aid_is_councillor(accounts uuid[], since timestamptz, until timestamptz) RETURNS boolean LANGUAGE sql STABLE AS $$
	SELECT EXISTS (SELECT FROM public.grants g WHERE g.person_id = ANY (accounts) AND g.role = 'councillor'
		AND (g.ends_at IS NULL OR g.ends_at > g.starts_at)
		AND g.starts_at < coalesce(until, 'infinity') AND coalesce(g.ends_at, 'infinity') > since)
$$;
--> statement-breakpoint
CREATE FUNCTION aid_assignments_keep_apart() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
	accounts uuid[] := public.aid_accounts(NEW.person_id);
BEGIN
	IF TG_OP = 'UPDATE' THEN
		IF OLD.ended_at IS NOT NULL OR NEW.ended_at IS NULL
			OR (to_jsonb(NEW) - 'ended_at' - 'ended_by') <> (to_jsonb(OLD) - 'ended_at' - 'ended_by') THEN
			RAISE EXCEPTION 'an assignment is ended, never changed' USING ERRCODE = '42501';
		END IF;
		RETURN NEW;
	END IF;
	PERFORM public.aid_one_at_a_time(accounts);
	IF NEW.role <> 'nominator' AND public.aid_is_councillor(accounts, NEW.since, NEW.ended_at) THEN
		PERFORM public.aid_refuse('aid_councillor');
	END IF;
	IF EXISTS (SELECT FROM public.aid_assignments a WHERE a.person_id = ANY (accounts)
		AND (a.site_id = NEW.site_id OR a.programme_id = NEW.programme_id)
		AND (a.ended_at IS NULL OR a.ended_at > NEW.since) AND public.aid_roles_clash(a.role, NEW.role))
	OR EXISTS (SELECT FROM public.aid_acts d WHERE d.person_id = ANY (accounts)
		AND (d.site_id = NEW.site_id OR d.programme_id = NEW.programme_id)
		AND public.aid_roles_clash(d.role, NEW.role)) THEN
		PERFORM public.aid_refuse('aid_pair');
	END IF;
	RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER aid_assignments_keep_apart BEFORE INSERT OR UPDATE ON aid_assignments FOR EACH ROW EXECUTE FUNCTION aid_assignments_keep_apart();
--> statement-breakpoint
-- The same for what was done: a deed needs its place, and nobody has the other role beside it, then or before.
CREATE FUNCTION aid_acts_keep_apart() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
	accounts uuid[] := public.aid_accounts(NEW.person_id);
BEGIN
	PERFORM public.aid_one_at_a_time(accounts);
	IF NEW.role <> 'nominator' THEN
		-- What is written down late counts as done then and now; only the owner, who restores, looks at then alone.
		IF public.aid_is_councillor(accounts, NEW.at, NEW.at + interval '1 second')
			OR (NOT pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'usage')
				AND public.aid_is_councillor(accounts, now(), now() + interval '1 second')) THEN
			PERFORM public.aid_refuse('aid_councillor');
		END IF;
		IF NOT EXISTS (SELECT FROM public.aid_assignments a WHERE a.id = NEW.assignment_id AND a.person_id = NEW.person_id AND a.role = NEW.role
			AND (a.site_id = NEW.site_id OR a.programme_id = NEW.programme_id)
			AND a.since <= NEW.at AND (a.ended_at IS NULL OR a.ended_at > NEW.at)) THEN
			PERFORM public.aid_refuse('aid_unassigned');
		END IF;
	END IF;
	IF EXISTS (SELECT FROM public.aid_acts d WHERE d.person_id = ANY (accounts)
		AND (d.site_id = NEW.site_id OR d.programme_id = NEW.programme_id)
		AND public.aid_roles_clash(d.role, NEW.role))
	OR EXISTS (SELECT FROM public.aid_assignments a WHERE a.person_id = ANY (accounts)
		AND (a.site_id = NEW.site_id OR a.programme_id = NEW.programme_id)
		AND (a.ended_at IS NULL OR a.ended_at > NEW.at) AND public.aid_roles_clash(a.role, NEW.role)) THEN
		PERFORM public.aid_refuse('aid_pair');
	END IF;
	IF NEW.role IN ('storekeeper', 'distributor') AND EXISTS (SELECT FROM public.aid_acts d
		WHERE d.subject_id = NEW.subject_id AND d.person_id = ANY (accounts)
		AND d.role IN ('storekeeper', 'distributor') AND d.role <> NEW.role) THEN
		PERFORM public.aid_refuse('aid_same_issue');
	END IF;
	RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER aid_acts_keep_apart BEFORE INSERT ON aid_acts FOR EACH ROW EXECUTE FUNCTION aid_acts_keep_apart();
--> statement-breakpoint
-- The other direction: whoever has a place in relief does not become a councillor beside it, nor a councillor an official of relief, in any municipality.
CREATE FUNCTION grants_keep_councillors_out_of_aid() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
	accounts uuid[];
BEGIN
	IF NEW.role <> 'councillor' AND NEW.role NOT LIKE 'aid\_%' OR NEW.ends_at <= NEW.starts_at THEN
		RETURN NEW;
	END IF;
	-- What only becomes shorter clashes with nothing new.
	IF TG_OP = 'UPDATE' AND NEW.person_id = OLD.person_id AND NEW.role = OLD.role AND NEW.starts_at >= OLD.starts_at
		AND coalesce(NEW.ends_at, 'infinity') <= coalesce(OLD.ends_at, 'infinity') THEN
		RETURN NEW;
	END IF;
	accounts := public.aid_accounts(NEW.person_id);
	PERFORM public.aid_one_at_a_time(accounts);
	IF NEW.role <> 'councillor' THEN
		IF public.aid_is_councillor(accounts, NEW.starts_at, NEW.ends_at) THEN
			PERFORM public.aid_refuse('aid_councillor');
		END IF;
	ELSIF EXISTS (SELECT FROM public.aid_assignments a WHERE a.person_id = ANY (accounts) AND a.role <> 'nominator'
		AND a.since < coalesce(NEW.ends_at, 'infinity') AND coalesce(a.ended_at, 'infinity') > NEW.starts_at)
	OR EXISTS (SELECT FROM public.grants g WHERE g.person_id = ANY (accounts) AND g.role LIKE 'aid\_%'
		AND (g.ends_at IS NULL OR g.ends_at > g.starts_at)
		AND g.starts_at < coalesce(NEW.ends_at, 'infinity') AND coalesce(g.ends_at, 'infinity') > NEW.starts_at) THEN
		PERFORM public.aid_refuse('aid_councillor');
	END IF;
	RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER grants_keep_councillors_out_of_aid BEFORE INSERT OR UPDATE ON grants FOR EACH ROW EXECUTE FUNCTION grants_keep_councillors_out_of_aid();
--> statement-breakpoint
REVOKE DELETE, TRUNCATE ON aid_events, aid_sites, aid_programmes FROM imbizo_app;
--> statement-breakpoint
REVOKE UPDATE, DELETE, TRUNCATE ON aid_assignments, aid_acts FROM imbizo_app;
--> statement-breakpoint
GRANT UPDATE (ended_at, ended_by) ON aid_assignments TO imbizo_app;
--> statement-breakpoint
CREATE TRIGGER aid_assignments_stay BEFORE DELETE ON aid_assignments FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER aid_acts_only_grow BEFORE UPDATE OR DELETE ON aid_acts FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER aid_acts_not_emptied BEFORE TRUNCATE ON aid_acts FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
