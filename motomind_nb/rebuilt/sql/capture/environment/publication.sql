-- Publications that hand out rows of these schemas, table by table, with filters and columns.
-- Parameters: none. Columns: object, kind, name, text.
WITH part AS (
    SELECT
        p.oid,
        'every table' AS name,
        'all columns and rows' AS text
    FROM pg_catalog.pg_publication AS p
    WHERE p.puballtables
    UNION ALL
    SELECT
        s.pnpubid,
        'schema ' || s.pnnspid::regnamespace,
        'all columns and rows'
    FROM pg_catalog.pg_publication_namespace AS s
    INNER JOIN pg_catalog.pg_namespace AS n ON s.pnnspid = n.oid
    WHERE n.nspname IN ('{target}', 'private', 'audit', '{source}')
    UNION ALL
    SELECT
        t.prpubid,
        t.prrelid::regclass::text,
        concat_ws(
            ' ',
            'columns ' || coalesce(
                (
                    SELECT string_agg(a.attname, ', ' ORDER BY a.attnum)
                    FROM pg_catalog.pg_attribute AS a
                    WHERE a.attrelid = t.prrelid AND a.attnum = ANY(t.prattrs::smallint[])
                ), 'all'
            ),
            'WHERE ' || pg_get_expr(t.prqual, t.prrelid)
        )
    FROM pg_catalog.pg_publication_rel AS t
    INNER JOIN pg_catalog.pg_class AS c ON t.prrelid = c.oid
    INNER JOIN pg_catalog.pg_namespace AS n ON c.relnamespace = n.oid
    WHERE n.nspname IN ('{target}', 'private', 'audit', '{source}')
)

SELECT
    'publication ' || p.pubname AS object,
    'hands out' AS kind,
    part.name,
    part.text
FROM part
INNER JOIN pg_catalog.pg_publication AS p ON part.oid = p.oid
UNION ALL
SELECT
    'publication ' || p.pubname,
    'options',
    '',
    concat_ws(
        ' ',
        CASE WHEN p.pubinsert THEN 'insert' END, CASE WHEN p.pubupdate THEN 'update' END,
        CASE WHEN p.pubdelete THEN 'delete' END, CASE WHEN p.pubtruncate THEN 'truncate' END,
        CASE WHEN p.pubviaroot THEN 'via root' END, 'owner', r.rolname
    )
FROM pg_catalog.pg_publication AS p
INNER JOIN pg_catalog.pg_roles AS r ON p.pubowner = r.oid
WHERE p.oid IN (SELECT part.oid FROM part)
ORDER BY 1, 2, 3;
