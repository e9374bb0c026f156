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
		ORDER BY 1, 2, 5, (x >> (30 - z)) >> 5, 3, 4
		ON CONFLICT (municipality_id, zoom, standing, strip, cy, cx) DO UPDATE SET
			n = map_cells.n + excluded.n,
			sum_x = map_cells.sum_x + excluded.sum_x,
			sum_y = map_cells.sum_y + excluded.sum_y
	)
	SELECT count(*) INTO taken FROM gone;
	RETURN taken;
END $$;
--> statement-breakpoint
-- Counts everything anew from the issues themselves, written in the order of the key: what lies together
-- on a screen lies together on the disk. Whoever writes an issue waits meanwhile; readers do not.
CREATE OR REPLACE FUNCTION map_rebuild() RETURNS bigint LANGUAGE plpgsql AS $$
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
	ORDER BY 1, 5, (at.x >> 14) >> 5, 3, 4;
	FOR z IN REVERSE 15..4 LOOP
		INSERT INTO map_cells (municipality_id, zoom, cy, cx, standing, n, sum_x, sum_y)
		SELECT municipality_id, z, cy >> 1, cx >> 1, standing, sum(n), sum(sum_x), sum(sum_y)
		FROM map_cells WHERE zoom = z + 1
		GROUP BY 1, 3, 4, 5
		ORDER BY 1, 5, (cx >> 1) >> 5, 3, 4;
	END LOOP;
	RETURN (SELECT coalesce(sum(n), 0) FROM map_cells WHERE zoom = 16);
END $$;
--> statement-breakpoint
-- A screen as JSON, in one answer. {"squares": [row, column, number, sum of x, sum of y, ...]} of the
-- standings asked for. Or, where at most `most` of them lie among at most `looked` of any standing,
-- {"spots": [[reference, title, lon, lat, state], ...]} of the box itself. One line and a plan that is
-- kept, because rows and planning took longer than looking. Compiling it (jit) would take a thousand
-- times as long.
CREATE FUNCTION map_seen(
	town uuid, z integer, top integer, bottom integer, lefts integer[], rights integer[], groups text[],
	wests float8[], easts float8[], south float8, north float8, most integer, looked integer
) RETURNS text LANGUAGE plpgsql STABLE PARALLEL SAFE
SET plan_cache_mode = force_generic_plan SET jit = off AS $$
DECLARE
	shift CONSTANT integer := 30 - z;
	counted CONSTANT text[] := CASE WHEN most >= 0 THEN '{open,paused,claimed,fixed,closed}' ELSE groups END;
	there bigint;
	wanted bigint;
	squares text;
BEGIN
	SELECT coalesce(sum(n), 0), coalesce(sum(n) FILTER (WHERE asked), 0), string_agg(concat_ws(',', cy, cx, n, x, y), ',') FILTER (WHERE asked)
	INTO there, wanted, squares
	FROM (
		SELECT look.asked, cell.*
		FROM (SELECT each, each = ANY (groups) FROM unnest(counted) AS each) AS look(standing, asked)
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
		WHERE municipality_id = town AND standing = ANY (counted) AND (y >> shift) BETWEEN top AND bottom
			AND EXISTS (SELECT FROM unnest(lefts, rights) AS span(first, last) WHERE (x >> shift) BETWEEN span.first AND span.last)
		GROUP BY 1, 2, 3
	) AS part;
	IF wanted > most OR there > looked THEN
		RETURN concat('{"squares":[', squares, ']}');
	END IF;
	RETURN (
		SELECT concat('{"spots":[', string_agg(spot.line::text, ','), ']}')
		FROM unnest(wests, easts) AS span(west, east)
		CROSS JOIN LATERAL (
			SELECT json_build_array(i.reference, i.title, st_x(i.point), st_y(i.point), c.state) AS line
			FROM issues i JOIN cases c ON c.subject_id = i.id
			WHERE i.point && st_makeenvelope(span.west, south, span.east, north, 4326)
				AND i.municipality_id = town AND map_shows(i, c) AND map_standing(c.state) = ANY (groups)
		) AS spot
	);
END $$;
--> statement-breakpoint
DROP FUNCTION map_counted(uuid, integer, integer, integer, integer[], integer[], text[], boolean);
--> statement-breakpoint
DROP FUNCTION map_spots(uuid, float8[], float8[], float8, float8, text[], integer);
