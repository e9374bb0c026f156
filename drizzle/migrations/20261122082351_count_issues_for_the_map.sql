CREATE TABLE "map_cells" (
	"municipality_id" uuid NOT NULL,
	"zoom" smallint NOT NULL,
	"cy" integer NOT NULL,
	"cx" integer NOT NULL,
	"standing" text NOT NULL,
	"n" integer NOT NULL,
	"sum_x" bigint NOT NULL,
	"sum_y" bigint NOT NULL,
	CONSTRAINT "map_cells_municipality_id_zoom_cy_cx_standing_pk" PRIMARY KEY("municipality_id","zoom","cy","cx","standing")
);
--> statement-breakpoint
CREATE TABLE "map_deltas" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "map_deltas_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"municipality_id" uuid NOT NULL,
	"standing" text NOT NULL,
	"x" bigint NOT NULL,
	"y" bigint NOT NULL,
	"n" smallint NOT NULL
);
--> statement-breakpoint
CREATE INDEX "map_deltas_municipality_id_index" ON "map_deltas" USING btree ("municipality_id");
--> statement-breakpoint
ALTER TABLE "map_cells" SET (fillfactor = 80);
--> statement-breakpoint
-- The groups of lib/issues/map.ts; a test holds the two together.
CREATE FUNCTION map_standing(state text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
	SELECT CASE
		WHEN state IN ('open', 'acknowledged', 'assigned', 'in_progress', 'referred_out', 'evaluating') THEN 'open'
		WHEN state = 'on_hold' THEN 'paused'
		WHEN state = 'resolved_claimed' THEN 'claimed'
		WHEN state IN ('verified_closed', 'accepted') THEN 'fixed'
		ELSE 'closed' END
$$;
--> statement-breakpoint
-- Web Mercator (EPSG:3857), the world as a square of 2^32 by 2^32, from the north-west. Nearer to the
-- equator than a hair is on it: radians() refuses numbers that small.
CREATE FUNCTION map_x(lon float8) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
	SELECT least(greatest(floor((lon + 180) / 360 * 4294967296), 0), 4294967295)::bigint
$$;
--> statement-breakpoint
CREATE FUNCTION map_y(lat float8) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
	SELECT least(greatest(floor((0.5 - ln((1 + s) / (1 - s)) / (4 * pi())) * 4294967296), 0), 4294967295)::bigint
	FROM (SELECT sin(radians(CASE WHEN abs(lat) < 1e-9 THEN 0 ELSE least(greatest(lat, -85.06), 85.06) END)) AS s) AS sine
$$;
--> statement-breakpoint
-- What the map may show of an issue: never what is private, held or hidden, nor what has no position.
CREATE FUNCTION map_shows(i issues, c cases) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
	SELECT i.kind = 'issue' AND i.point IS NOT NULL
		AND NOT i.private AND NOT i.hidden AND NOT c.private AND NOT c.hidden AND c.state <> 'submitted'
$$;
--> statement-breakpoint
CREATE FUNCTION map_say(i issues, c cases, change smallint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	IF map_shows(i, c) THEN
		INSERT INTO map_deltas (municipality_id, standing, x, y, n)
		VALUES (i.municipality_id, map_standing(c.state), map_x(st_x(i.point)), map_y(st_y(i.point)), change);
	END IF;
END $$;
--> statement-breakpoint
-- The row of the issue is locked by whoever changes either of the two, so each change is counted from
-- what the other one left, also when two happen at once.
CREATE FUNCTION map_case_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE i issues;
BEGIN
	SELECT * INTO i FROM issues WHERE id = coalesce(NEW.subject_id, OLD.subject_id) FOR NO KEY UPDATE;
	IF FOUND AND TG_OP <> 'INSERT' THEN PERFORM map_say(i, OLD, -1::smallint); END IF;
	IF i.id IS NOT NULL AND TG_OP <> 'DELETE' THEN PERFORM map_say(i, NEW, 1::smallint); END IF;
	RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION map_issue_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE c cases;
BEGIN
	SELECT * INTO c FROM cases WHERE subject_id = coalesce(NEW.id, OLD.id);
	IF c.id IS NULL THEN RETURN NULL; END IF;
	IF TG_OP <> 'INSERT' THEN PERFORM map_say(OLD, c, -1::smallint); END IF;
	IF TG_OP <> 'DELETE' THEN PERFORM map_say(NEW, c, 1::smallint); END IF;
	RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER cases_come_and_go_on_the_map AFTER INSERT OR DELETE ON cases
	FOR EACH ROW EXECUTE FUNCTION map_case_changed();
--> statement-breakpoint
CREATE TRIGGER cases_move_on_the_map AFTER UPDATE ON cases
	FOR EACH ROW WHEN ((OLD.state, OLD.private, OLD.hidden) IS DISTINCT FROM (NEW.state, NEW.private, NEW.hidden))
	EXECUTE FUNCTION map_case_changed();
--> statement-breakpoint
CREATE TRIGGER issues_come_and_go_on_the_map AFTER INSERT OR DELETE ON issues
	FOR EACH ROW EXECUTE FUNCTION map_issue_changed();
--> statement-breakpoint
CREATE TRIGGER issues_move_on_the_map AFTER UPDATE ON issues
	FOR EACH ROW WHEN (
		(OLD.municipality_id, OLD.kind, OLD.private, OLD.hidden, st_asbinary(OLD.point))
		IS DISTINCT FROM (NEW.municipality_id, NEW.kind, NEW.private, NEW.hidden, st_asbinary(NEW.point)))
	EXECUTE FUNCTION map_issue_changed();
--> statement-breakpoint
-- Adds changes up into the cells, oldest first; one process at a time. Answers how many it added up.
CREATE FUNCTION map_fold(most integer) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE taken integer;
BEGIN
	IF NOT pg_try_advisory_xact_lock(7262632) THEN RETURN 0; END IF;
	WITH gone AS (
		DELETE FROM map_deltas WHERE id IN (SELECT id FROM map_deltas ORDER BY id LIMIT most) RETURNING *
	), added AS (
		INSERT INTO map_cells (municipality_id, zoom, cy, cx, standing, n, sum_x, sum_y)
		SELECT municipality_id, z, y >> (30 - z), x >> (30 - z), standing, sum(n), sum(n * x), sum(n * y)
		FROM gone, generate_series(4, 16) AS z
		GROUP BY 1, 2, 3, 4, 5
		HAVING sum(n) <> 0 OR sum(n * x) <> 0 OR sum(n * y) <> 0
		ORDER BY 1, 2, 3, 4, 5
		ON CONFLICT (municipality_id, zoom, cy, cx, standing) DO UPDATE SET
			n = map_cells.n + excluded.n,
			sum_x = map_cells.sum_x + excluded.sum_x,
			sum_y = map_cells.sum_y + excluded.sum_y
	)
	SELECT count(*) INTO taken FROM gone;
	RETURN taken;
END $$;
--> statement-breakpoint
-- Counts everything anew from the issues themselves. Whoever writes an issue waits meanwhile; readers do not.
CREATE FUNCTION map_rebuild() RETURNS bigint LANGUAGE plpgsql AS $$
BEGIN
	PERFORM pg_advisory_xact_lock(7262632);
	LOCK TABLE issues, cases IN SHARE MODE;
	DELETE FROM map_deltas;
	DELETE FROM map_cells;
	INSERT INTO map_cells (municipality_id, zoom, cy, cx, standing, n, sum_x, sum_y)
	SELECT at.municipality_id, 16, at.y >> 14, at.x >> 14, at.standing, count(*), sum(at.x), sum(at.y)
	FROM (
		SELECT i.municipality_id, map_standing(c.state) AS standing, map_x(st_x(i.point)) AS x, map_y(st_y(i.point)) AS y
		FROM issues i JOIN cases c ON c.subject_id = i.id
		WHERE map_shows(i, c)
	) AS at
	GROUP BY 1, 3, 4, 5
	ORDER BY 1, 3, 4, 5;
	FOR z IN REVERSE 15..4 LOOP
		INSERT INTO map_cells (municipality_id, zoom, cy, cx, standing, n, sum_x, sum_y)
		SELECT municipality_id, z, cy >> 1, cx >> 1, standing, sum(n), sum(sum_x), sum(sum_y)
		FROM map_cells WHERE zoom = z + 1
		GROUP BY 1, 3, 4, 5
		ORDER BY 1, 3, 4, 5;
	END LOOP;
	RETURN (SELECT coalesce(sum(n), 0) FROM map_cells WHERE zoom = 16);
END $$;
--> statement-breakpoint
SELECT map_rebuild();
