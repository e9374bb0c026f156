ALTER TABLE "map_cells" DROP CONSTRAINT "map_cells_municipality_id_zoom_cy_cx_standing_pk";--> statement-breakpoint
ALTER TABLE "map_cells" ADD COLUMN "strip" integer GENERATED ALWAYS AS (cx >> 5) STORED;--> statement-breakpoint
ALTER TABLE "map_cells" ADD CONSTRAINT "map_cells_municipality_id_zoom_standing_strip_cy_cx_pk" PRIMARY KEY("municipality_id","zoom","standing","strip","cy","cx");--> statement-breakpoint
-- Adds changes up into the cells, oldest first; one process at a time. Answers how many it added up.
CREATE OR REPLACE FUNCTION map_fold(most integer) RETURNS integer LANGUAGE plpgsql AS $$
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
		ON CONFLICT (municipality_id, zoom, standing, strip, cy, cx) DO UPDATE SET
			n = map_cells.n + excluded.n,
			sum_x = map_cells.sum_x + excluded.sum_x,
			sum_y = map_cells.sum_y + excluded.sum_y
	)
	SELECT count(*) INTO taken FROM gone;
	RETURN taken;
END $$;
--> statement-breakpoint
-- What lies in the squares from row top to bottom, in the columns of each span: how many of every
-- standing looked at, then row, column, number and sums of each square of the standings asked for. One
-- line of numbers and a plan that is kept, because rows and planning took longer than looking. Compiling
-- it (jit) would take a thousand times as long.
CREATE FUNCTION map_counted(town uuid, z integer, top integer, bottom integer, lefts integer[], rights integer[], groups text[], every boolean)
RETURNS text LANGUAGE plpgsql STABLE PARALLEL SAFE
SET plan_cache_mode = force_generic_plan SET jit = off AS $$
DECLARE
	shift CONSTANT integer := 30 - z;
	looked CONSTANT text[] := CASE WHEN every THEN '{open,paused,claimed,fixed,closed}' ELSE groups END;
BEGIN
	RETURN (
		SELECT concat_ws(',', coalesce(sum(n), 0), string_agg(concat_ws(',', cy, cx, n, x, y), ',') FILTER (WHERE asked))
		FROM (
			SELECT look.asked, cell.*
			FROM (SELECT each, each = ANY (groups) FROM unnest(looked) AS each) AS look(standing, asked)
			CROSS JOIN unnest(lefts, rights) AS span(first, last)
			CROSS JOIN generate_series(span.first >> 5, span.last >> 5) AS at(strip)
			-- Strip by strip: one range of the key each. "offset 0" keeps it so.
			CROSS JOIN LATERAL (
				SELECT cy, cx, n, sum_x AS x, sum_y AS y FROM map_cells
				WHERE municipality_id = town AND zoom = z::smallint AND standing = look.standing
					AND strip = at.strip AND cy BETWEEN top AND bottom AND cx BETWEEN span.first AND span.last
				OFFSET 0
			) AS cell
			UNION ALL
			SELECT standing = ANY (groups), (y >> shift)::integer, (x >> shift)::integer, sum(n)::integer, sum(n * x)::bigint, sum(n * y)::bigint
			FROM map_deltas
			WHERE municipality_id = town AND standing = ANY (looked) AND (y >> shift) BETWEEN top AND bottom
				AND EXISTS (SELECT FROM unnest(lefts, rights) AS span(first, last) WHERE (x >> shift) BETWEEN span.first AND span.last)
			GROUP BY 1, 2, 3
		) AS part
	);
END $$;
--> statement-breakpoint
-- The issues that are counted, one by one, in one box or in two across the date line.
CREATE FUNCTION map_spots(town uuid, wests float8[], easts float8[], south float8, north float8, groups text[], most integer)
RETURNS TABLE (reference text, title text, lon float8, lat float8, state text) LANGUAGE plpgsql STABLE PARALLEL SAFE
SET plan_cache_mode = force_generic_plan SET jit = off AS $$
BEGIN
	RETURN QUERY
	SELECT spot.* FROM unnest(wests, easts) AS span(west, east)
	CROSS JOIN LATERAL (
		SELECT i.reference, i.title, st_x(i.point), st_y(i.point), c.state
		FROM issues i JOIN cases c ON c.subject_id = i.id
		WHERE i.point && st_makeenvelope(span.west, south, span.east, north, 4326)
			AND i.municipality_id = town AND map_shows(i, c) AND map_standing(c.state) = ANY (groups)
		LIMIT most
	) AS spot
	LIMIT most;
END $$;
