-- Which of the given readings are not marked as disputed. %(tables)s, %(ids)s: source tables and ids
-- of the readings, in step. Columns: source_table, source_id (text).
SELECT wanted.source_table, wanted.source_id::text AS source_id
FROM unnest(%(tables)s::text[], %(ids)s::uuid[]) AS wanted (source_table, source_id)
WHERE NOT EXISTS (
    SELECT FROM audit.disputed AS d
    WHERE d.source_table = wanted.source_table AND d.source_id = wanted.source_id
)
ORDER BY wanted.source_table COLLATE "C", wanted.source_id
