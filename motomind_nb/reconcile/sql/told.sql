-- What the load's marks tell of readings: of each that is disputed or of a later chain, as it was judged.
-- No parameters. Columns: source_table, source_id, vehicle_id (NULL where the two marks name two), chain,
-- reason (text, NULL = not disputed).
SELECT
    source_table,
    source_id,
    CASE
        WHEN d.vehicle_id <> l.vehicle_id THEN NULL
        ELSE coalesce(d.vehicle_id, l.vehicle_id)
    END AS vehicle_id,
    coalesce(l.chain, 1) AS chain,
    d.reason
FROM audit.disputed AS d
FULL JOIN audit.later_chain AS l USING (source_table, source_id)
