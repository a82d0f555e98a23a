-- Purpose: triggers of tables that the migration does not move, whose function or arguments name
-- something that it moves. Parameters: classes, ids, names (arrays: what the migration moves), words (a
-- regular expression for names in texts). Columns: kind, name, depends_on, text.
WITH other AS MATERIALIZED (
    SELECT
        t.oid,
        concat_ws(
            ' ',
            CASE WHEN l.lanname NOT IN ('internal', 'c') THEN p.prosrc END,
            replace(encode(t.tgargs, 'escape'), '\000', ' ')
        ) AS said
    FROM pg_catalog.pg_trigger AS t
    INNER JOIN pg_catalog.pg_proc AS p ON t.tgfoid = p.oid
    INNER JOIN pg_catalog.pg_language AS l ON p.prolang = l.oid
    WHERE
        NOT t.tgisinternal
        AND t.tgparentid = 0
        AND NOT EXISTS (
            SELECT
            FROM unnest(%(classes)s::oid[], %(ids)s::oid[], %(names)s::text[]) AS m (class, id, name)
            WHERE
                (m.class = 'pg_catalog.pg_class'::regclass AND m.id = t.tgrelid)
                OR (m.class = 'pg_catalog.pg_proc'::regclass AND m.id = t.tgfoid)
        )
)

SELECT
    'trigger' AS kind,
    shown.identity AS name,
    used.names AS depends_on,
    pg_get_triggerdef(t.oid) AS text
FROM other AS t
CROSS JOIN LATERAL pg_identify_object('pg_catalog.pg_trigger'::regclass, t.oid, 0) AS shown
CROSS JOIN LATERAL (
    SELECT string_agg(DISTINCT lower(coalesce(f.name[1], f.name[2])), ', ') AS names
    FROM regexp_matches(t.said, %(words)s, 'gi') AS f (name)
) AS used
WHERE used.names IS NOT NULL
ORDER BY 2
