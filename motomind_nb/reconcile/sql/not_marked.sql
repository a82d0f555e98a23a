-- Which of the given readings are not marked as told. %(tables)s, %(ids)s: source tables and ids of the
-- readings; %(reasons)s: why each is disputed, NULL for those that are not; %(chains)s: the number of
-- each one's chain; all in step. Columns: source_table, source_id, expected, found (text).
SELECT
    wanted.source_table,
    wanted.source_id,
    'chain ' || wanted.chain || ', ' || coalesce('disputed: ' || wanted.reason, 'not disputed') AS expected,
    'chain ' || coalesce(later.chain, 1) || ', ' || coalesce('disputed: ' || d.reason, 'not disputed') AS found
FROM unnest(%(tables)s::text[], %(ids)s::uuid[], %(reasons)s::text[], %(chains)s::integer[])
    AS wanted (source_table, source_id, reason, chain)
LEFT JOIN audit.disputed AS d
    ON wanted.source_table = d.source_table AND wanted.source_id = d.source_id
LEFT JOIN audit.later_chain AS later
    ON wanted.source_table = later.source_table AND wanted.source_id = later.source_id
WHERE (wanted.reason, wanted.chain) IS DISTINCT FROM (d.reason, coalesce(later.chain, 1))
ORDER BY wanted.source_table COLLATE "C", wanted.source_id
