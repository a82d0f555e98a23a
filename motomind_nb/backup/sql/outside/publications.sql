-- Purpose: publications that hold more than the plain membership of a table that moves: a row filter or
-- a column list, all tables, all tables of the schema. Parameters: schema (text), classes, ids, names
-- (arrays: what the migration moves). Columns: kind, name, depends_on, text.
SELECT
    'publication' AS kind,
    quote_ident(p.pubname) AS name,
    held.depends_on,
    held.text
FROM pg_catalog.pg_publication AS p
INNER JOIN (
    SELECT e.oid, 'all tables' AS depends_on, 'FOR ALL TABLES' AS text
    FROM pg_catalog.pg_publication AS e
    WHERE e.puballtables
    UNION ALL
    SELECT s.pnpubid, 'all tables', 'FOR TABLES IN SCHEMA ' || s.pnnspid::regnamespace
    FROM pg_catalog.pg_publication_namespace AS s
    INNER JOIN pg_catalog.pg_namespace AS n ON s.pnnspid = n.oid
    WHERE n.nspname = %(schema)s
    UNION ALL
    SELECT
        r.prpubid,
        string_agg(m.name, ', ' ORDER BY m.name),
        'FOR TABLE ' || string_agg(
            concat_ws(
                ' ', r.prrelid::regclass, '(' || listed.columns || ')',
                'WHERE (' || pg_get_expr(r.prqual, r.prrelid) || ')'
            ),
            ', ' ORDER BY m.name
        )
    FROM pg_catalog.pg_publication_rel AS r
    INNER JOIN unnest(%(classes)s::oid[], %(ids)s::oid[], %(names)s::text[]) AS m (class, id, name)
        ON r.prrelid = m.id AND m.class = 'pg_catalog.pg_class'::regclass
    CROSS JOIN LATERAL (
        SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) AS columns
        FROM pg_catalog.pg_attribute AS a
        WHERE a.attrelid = r.prrelid AND a.attnum = ANY(r.prattrs::int2[])
    ) AS listed
    WHERE r.prqual IS NOT NULL OR r.prattrs IS NOT NULL
    GROUP BY r.prpubid
) AS held ON p.oid = held.oid
ORDER BY 2, 4
