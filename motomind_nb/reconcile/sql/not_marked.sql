-- Which of the given readings are not marked as told. %(tables)s, %(ids)s, %(vehicles)s: source tables,
-- ids and vehicles of the readings; %(reasons)s: why each is disputed, NULL for those that are not;
-- %(chains)s: the number of each one's chain; all in step.
-- Columns: source_table, source_id, expected, found (text; the vehicle is named where it is another).
WITH compared AS (
    SELECT
        wanted.source_table,
        wanted.source_id,
        wanted.vehicle_id,
        wanted.chain,
        wanted.reason,
        coalesce(later.chain, 1) AS chain_held,
        d.reason AS reason_held,
        coalesce(nullif(d.vehicle_id, wanted.vehicle_id), nullif(later.vehicle_id, wanted.vehicle_id)) AS other_vehicle
    FROM unnest(%(tables)s::text[], %(ids)s::uuid[], %(vehicles)s::uuid[], %(reasons)s::text[], %(chains)s::integer[])
        AS wanted (source_table, source_id, vehicle_id, reason, chain)
    LEFT JOIN audit.disputed AS d
        ON wanted.source_table = d.source_table AND wanted.source_id = d.source_id
    LEFT JOIN audit.later_chain AS later
        ON wanted.source_table = later.source_table AND wanted.source_id = later.source_id
)

SELECT
    source_table,
    source_id,
    'chain ' || chain || ', ' || coalesce('disputed: ' || reason, 'not disputed')
    || CASE WHEN other_vehicle IS NULL THEN '' ELSE ', vehicle ' || vehicle_id END AS expected,
    'chain ' || chain_held || ', ' || coalesce('disputed: ' || reason_held, 'not disputed')
    || coalesce(', vehicle ' || other_vehicle, '') AS found
FROM compared
WHERE (reason, chain) IS DISTINCT FROM (reason_held, chain_held) OR other_vehicle IS NOT NULL
ORDER BY source_table COLLATE "C", source_id
