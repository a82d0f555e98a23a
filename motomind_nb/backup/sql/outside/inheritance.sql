-- Purpose: inheritance and partitions of which one side moves and the other does not.
-- Parameters: classes, ids, names (arrays: what the migration moves).
-- Columns: kind, name (the side that stays), depends_on, text.
WITH moved AS (
    SELECT m.id, m.name
    FROM unnest(%(classes)s::oid[], %(ids)s::oid[], %(names)s::text[]) AS m (class, id, name)
    WHERE m.class = 'pg_catalog.pg_class'::regclass
)

SELECT
    'inheritance' AS kind,
    CASE WHEN child.id IS NULL THEN i.inhrelid ELSE i.inhparent END::regclass::text AS name,
    coalesce(child.name, parent.name) AS depends_on,
    concat_ws(
        ' ', i.inhrelid::regclass,
        CASE WHEN c.relispartition THEN 'is a partition of' ELSE 'inherits from' END,
        i.inhparent::regclass, pg_get_expr(c.relpartbound, c.oid)
    ) AS text
FROM pg_catalog.pg_inherits AS i
INNER JOIN pg_catalog.pg_class AS c ON i.inhrelid = c.oid
LEFT JOIN moved AS child ON i.inhrelid = child.id
LEFT JOIN moved AS parent ON i.inhparent = parent.id
WHERE (child.id IS NULL) <> (parent.id IS NULL)
ORDER BY 2, 3
