CREATE TABLE "broadcast_audience" (
	"broadcast_no" integer NOT NULL,
	"n" integer NOT NULL,
	"ring" smallint NOT NULL,
	"lane_id" integer NOT NULL,
	"person_id" uuid,
	"contact_point_id" uuid,
	"push_subscription_id" uuid,
	"ward" text NOT NULL,
	"language" text NOT NULL,
	"not_before" timestamp with time zone,
	CONSTRAINT "broadcast_audience_broadcast_no_n_pk" PRIMARY KEY("broadcast_no","n")
) PARTITION BY LIST (broadcast_no);
--> statement-breakpoint
CREATE TABLE "broadcast_outcomes" (
	"broadcast_no" integer NOT NULL,
	"n" integer NOT NULL,
	"result" smallint NOT NULL,
	"status" smallint NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "broadcast_outcomes_broadcast_no_n_pk" PRIMARY KEY("broadcast_no","n")
) PARTITION BY LIST (broadcast_no);
--> statement-breakpoint
CREATE TABLE "broadcast_results" (
	"broadcast_id" uuid NOT NULL,
	"lo" integer NOT NULL,
	"results" "bytea" NOT NULL,
	CONSTRAINT "broadcast_results_broadcast_id_lo_pk" PRIMARY KEY("broadcast_id","lo")
);
--> statement-breakpoint
CREATE TABLE "broadcast_texts" (
	"broadcast_id" uuid NOT NULL,
	"language" text NOT NULL,
	"channel" text NOT NULL,
	"title" text NOT NULL,
	"text" text NOT NULL,
	CONSTRAINT "broadcast_texts_broadcast_id_language_channel_pk" PRIMARY KEY("broadcast_id","language","channel")
);
--> statement-breakpoint
CREATE TABLE "broadcasts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"no" integer NOT NULL,
	"municipality_id" uuid NOT NULL,
	"subject" text NOT NULL,
	"subject_id" text NOT NULL,
	"version" integer NOT NULL,
	"deed" text NOT NULL,
	"emergency" boolean NOT NULL,
	"template" text NOT NULL,
	"path" text NOT NULL,
	"topic" text NOT NULL,
	"state" text NOT NULL,
	"audience" integer NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone,
	"paged_at" timestamp with time zone,
	"compacted_at" timestamp with time zone,
	"forgotten_at" timestamp with time zone,
	"counts" jsonb,
	CONSTRAINT "broadcasts_no_unique" UNIQUE("no"),
	CONSTRAINT "broadcasts_deed_unique" UNIQUE("deed"),
	CONSTRAINT "broadcasts_municipalityId_subject_subjectId_version_unique" UNIQUE("municipality_id","subject","subject_id","version")
);
--> statement-breakpoint
CREATE TABLE "broadcast_chunks" (
	"broadcast_no" integer NOT NULL,
	"lo" integer NOT NULL,
	"hi" integer NOT NULL,
	"lane_id" integer NOT NULL,
	"ring" smallint NOT NULL,
	"not_before" timestamp with time zone,
	"state" text NOT NULL,
	"lease_until" timestamp with time zone,
	"holder" uuid,
	"takes" smallint DEFAULT 0 NOT NULL,
	CONSTRAINT "broadcast_chunks_broadcast_no_lo_pk" PRIMARY KEY("broadcast_no","lo")
) PARTITION BY LIST (broadcast_no);
--> statement-breakpoint
CREATE TABLE "delivery_lanes" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "delivery_lanes_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"channel" text NOT NULL,
	"name" text NOT NULL,
	"rest_until" timestamp with time zone,
	"fault" text,
	CONSTRAINT "delivery_lanes_name_unique" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "broadcast_retries" (
	"broadcast_no" integer NOT NULL,
	"n" integer NOT NULL,
	"lane_id" integer NOT NULL,
	"tries" smallint NOT NULL,
	"due" timestamp with time zone NOT NULL,
	"status" smallint NOT NULL,
	CONSTRAINT "broadcast_retries_broadcast_no_n_pk" PRIMARY KEY("broadcast_no","n")
) PARTITION BY LIST (broadcast_no);
--> statement-breakpoint
CREATE TABLE "broadcast_tallies" (
	"broadcast_no" integer NOT NULL,
	"lane_id" integer NOT NULL,
	"ward" text NOT NULL,
	"result" smallint NOT NULL,
	"count" integer NOT NULL
) PARTITION BY LIST (broadcast_no);
--> statement-breakpoint
ALTER TABLE "broadcast_results" ADD CONSTRAINT "broadcast_results_broadcast_id_broadcasts_id_fk" FOREIGN KEY ("broadcast_id") REFERENCES "public"."broadcasts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "broadcast_texts" ADD CONSTRAINT "broadcast_texts_broadcast_id_broadcasts_id_fk" FOREIGN KEY ("broadcast_id") REFERENCES "public"."broadcasts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "broadcasts" ADD CONSTRAINT "broadcasts_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "broadcast_audience_broadcast_no_person_id_index" ON "broadcast_audience" USING btree ("broadcast_no","person_id") WHERE "broadcast_audience"."person_id" is not null;--> statement-breakpoint
CREATE INDEX "broadcasts_state_finished_at_index" ON "broadcasts" USING btree ("state","finished_at");--> statement-breakpoint
CREATE INDEX "broadcast_chunks_lane_id_ring_lo_index" ON "broadcast_chunks" USING btree ("lane_id","ring","lo") WHERE "broadcast_chunks"."state" <> 'done';--> statement-breakpoint
CREATE INDEX "broadcast_retries_lane_id_due_index" ON "broadcast_retries" USING btree ("lane_id","due");--> statement-breakpoint
CREATE INDEX "broadcast_tallies_broadcast_no_index" ON "broadcast_tallies" USING btree ("broadcast_no");
--> statement-breakpoint
-- The serving role owns no table. It opens and drops the ledger of a broadcast by these two only.
-- Attaching locks out neither readers nor writers of other broadcasts; CREATE TABLE … PARTITION OF would.
CREATE FUNCTION open_broadcast_ledger(no integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
	parent text;
	part text;
BEGIN
	FOREACH parent IN ARRAY ARRAY['broadcast_audience', 'broadcast_chunks', 'broadcast_outcomes', 'broadcast_retries', 'broadcast_tallies'] LOOP
		part := parent || '_' || no;
		EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING ALL)', part, parent);
		EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES IN (%s)', parent, part, no);
	END LOOP;
	-- Chunks and retries are changed again and again: room for that on their own pages.
	EXECUTE format('ALTER TABLE %I SET (fillfactor = 50)', 'broadcast_chunks_' || no);
	EXECUTE format('ALTER TABLE %I SET (fillfactor = 50)', 'broadcast_retries_' || no);
END $$;
--> statement-breakpoint
-- Drops what a finished broadcast does not need any more: its ledger, or in the end also its audience.
CREATE FUNCTION drop_broadcast_ledger(which integer, also_audience boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET lock_timeout = '2s' AS $$
DECLARE
	parents text[] := ARRAY['broadcast_chunks', 'broadcast_outcomes', 'broadcast_retries', 'broadcast_tallies'];
	parent text;
BEGIN
	IF EXISTS (SELECT FROM broadcasts WHERE no = which AND (finished_at IS NULL OR compacted_at IS NULL)) THEN
		RAISE EXCEPTION 'Broadcast % is not finished', which;
	END IF;
	IF also_audience THEN
		parents := parents || 'broadcast_audience'::text;
	END IF;
	FOREACH parent IN ARRAY parents LOOP
		EXECUTE format('DROP TABLE IF EXISTS %I', parent || '_' || which);
	END LOOP;
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION open_broadcast_ledger(integer), drop_broadcast_ledger(integer, boolean) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION open_broadcast_ledger(integer), drop_broadcast_ledger(integer, boolean) TO imbizo_app;
--> statement-breakpoint
INSERT INTO delivery_lanes (channel, name) VALUES ('email', 'email'), ('sms', 'sms'), ('inbox', 'inbox');
