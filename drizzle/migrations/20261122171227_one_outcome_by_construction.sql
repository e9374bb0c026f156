ALTER TABLE "broadcast_outcomes" DROP CONSTRAINT "broadcast_outcomes_broadcast_no_n_pk";--> statement-breakpoint
DROP FUNCTION note_outcomes(integer, integer, integer[], smallint[], smallint[], integer[], text[], smallint[], integer[]);
--> statement-breakpoint
-- Writes down what became of members of one chunk. Only its holder may: nobody else has sent, or will
-- send, what is in it. The lock makes strokes of one chunk follow each other, and a claim wait for them.
CREATE FUNCTION note_chunk(
	which integer, lane integer, chunk_lo integer, who uuid, said_before boolean,
	ns integer[], said smallint[], statuses smallint[],
	waiting integer[], waiting_statuses smallint[], waiting_tries smallint[], waiting_for integer[],
	wards text[], summed smallint[], counts integer[]
) RETURNS boolean LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
	stamp timestamptz := clock_timestamp();
BEGIN
	PERFORM FROM broadcast_chunks
	WHERE broadcast_no = which AND lo = chunk_lo AND holder = who AND state = 'held' FOR NO KEY UPDATE;
	IF NOT FOUND THEN
		RETURN false;
	END IF;
	-- A stroke is written whole or not at all: one of it tells for all.
	IF said_before AND (
		EXISTS (SELECT FROM broadcast_outcomes o WHERE o.broadcast_no = which AND o.n = ns[1])
		OR EXISTS (SELECT FROM broadcast_retries r WHERE r.broadcast_no = which AND r.n = waiting[1])
	) THEN
		RETURN true;
	END IF;
	INSERT INTO broadcast_outcomes (broadcast_no, n, result, status, at)
	SELECT which, unnest(ns), unnest(said), unnest(statuses), stamp;
	IF cardinality(waiting) > 0 THEN
		INSERT INTO broadcast_retries (broadcast_no, n, lane_id, tries, due, status)
		SELECT which, each.n, lane, each.tries, stamp + make_interval(secs => each.wait / 1000.0), each.status
		FROM unnest(waiting, waiting_statuses, waiting_tries, waiting_for) AS each (n, status, tries, wait);
	END IF;
	INSERT INTO broadcast_tallies (broadcast_no, lane_id, ward, result, count)
	SELECT which, lane, each.ward, each.result, each.count
	FROM unnest(wards, summed, counts) AS each (ward, result, count);
	RETURN true;
END $$;
--> statement-breakpoint
-- Writes down what became of messages that were tried again: whoever takes one off the list says it,
-- and only once.
CREATE FUNCTION note_tried_again(
	which integer, lane integer, ns integer[], said smallint[], statuses smallint[],
	waiting integer[], waiting_statuses smallint[], waiting_tries smallint[], waiting_for integer[]
) RETURNS void LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
	WITH ended AS (
		DELETE FROM broadcast_retries r USING unnest(ns, said, statuses) AS each (n, result, status)
		WHERE r.broadcast_no = which AND r.n = each.n
		RETURNING r.n, each.result, each.status
	), kept AS (
		INSERT INTO broadcast_outcomes (broadcast_no, n, result, status, at)
		SELECT which, n, result, status, clock_timestamp() FROM ended
	)
	INSERT INTO broadcast_tallies (broadcast_no, lane_id, ward, result, count)
	SELECT which, lane, a.ward, changed.result, sum(changed.one)
	FROM ended e
	JOIN broadcast_audience a ON a.broadcast_no = which AND a.n = e.n,
	LATERAL (VALUES (e.result, 1), (1::smallint, -1)) AS changed (result, one)
	GROUP BY a.ward, changed.result;
	UPDATE broadcast_retries r
	SET tries = each.tries, status = each.status, due = clock_timestamp() + make_interval(secs => each.wait / 1000.0)
	FROM unnest(waiting, waiting_statuses, waiting_tries, waiting_for) AS each (n, status, tries, wait)
	WHERE r.broadcast_no = which AND r.n = each.n;
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION note_chunk(integer, integer, integer, uuid, boolean, integer[], smallint[], smallint[], integer[], smallint[], smallint[], integer[], text[], smallint[], integer[]),
	note_tried_again(integer, integer, integer[], smallint[], smallint[], integer[], smallint[], smallint[], integer[]) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION note_chunk(integer, integer, integer, uuid, boolean, integer[], smallint[], smallint[], integer[], smallint[], smallint[], integer[], text[], smallint[], integer[]),
	note_tried_again(integer, integer, integer[], smallint[], smallint[], integer[], smallint[], smallint[], integer[]) TO imbizo_app;
