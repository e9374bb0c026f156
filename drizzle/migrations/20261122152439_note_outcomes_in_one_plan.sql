-- What a stroke of the ledger writes, planned once for each connection instead of at each stroke.
CREATE FUNCTION note_outcomes(
	which integer, lane integer, ns integer[], said smallint[], statuses smallint[], again integer[],
	wards text[], summed smallint[], counts integer[]
) RETURNS integer LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
	written integer;
BEGIN
	INSERT INTO broadcast_outcomes (broadcast_no, n, result, status, at)
	SELECT which, each.n, each.result, each.status, clock_timestamp()
	FROM unnest(ns, said, statuses) AS each (n, result, status)
	ON CONFLICT DO NOTHING;
	GET DIAGNOSTICS written = ROW_COUNT;
	IF cardinality(again) > 0 THEN
		WITH waited AS (
			DELETE FROM broadcast_retries r WHERE r.broadcast_no = which AND r.n = ANY (again) RETURNING r.n
		)
		INSERT INTO broadcast_tallies (broadcast_no, lane_id, ward, result, count)
		SELECT which, lane, a.ward, 1, -count(*)
		FROM waited w JOIN broadcast_audience a ON a.broadcast_no = which AND a.n = w.n
		GROUP BY a.ward;
	END IF;
	INSERT INTO broadcast_tallies (broadcast_no, lane_id, ward, result, count)
	SELECT which, lane, each.ward, each.result, each.count
	FROM unnest(wards, summed, counts) AS each (ward, result, count);
	RETURN written;
END $$;
