-- Purpose: what one schema holds of the kinds that nothing else here reads, by kind, with the names.
-- Parts of an extension, row types and array types are left out.
-- Parameters: schema (text). Columns: kind, name (the kind of object), text (the names).
SELECT
    'not compared' AS kind,
    held.kind AS name,
    string_agg(held.name, ', ' ORDER BY held.name) AS text
FROM (
    SELECT
        CASE t.typtype
            WHEN 'e' THEN 'enum type' WHEN 'd' THEN 'domain' WHEN 'r' THEN 'range type'
            WHEN 'c' THEN 'composite type' ELSE 'base type'
        END AS kind,
        t.typname::text AS name,
        t.oid,
        'pg_catalog.pg_type'::regclass AS class,
        t.typnamespace AS schema
    FROM pg_catalog.pg_type AS t
    LEFT JOIN pg_catalog.pg_class AS c ON t.typrelid = c.oid
    WHERE t.typtype <> 'm' AND t.typelem = 0 AND (t.typtype <> 'c' OR c.relkind = 'c')
    UNION ALL
    SELECT 'aggregate', p.proname::text, p.oid, 'pg_catalog.pg_proc'::regclass, p.pronamespace
    FROM pg_catalog.pg_proc AS p
    WHERE p.prokind = 'a'
    UNION ALL
    SELECT 'operator', o.oprname::text, o.oid, 'pg_catalog.pg_operator'::regclass, o.oprnamespace
    FROM pg_catalog.pg_operator AS o
    UNION ALL
    SELECT 'operator class', o.opcname::text, o.oid, 'pg_catalog.pg_opclass'::regclass, o.opcnamespace
    FROM pg_catalog.pg_opclass AS o
    UNION ALL
    SELECT 'collation', o.collname::text, o.oid, 'pg_catalog.pg_collation'::regclass, o.collnamespace
    FROM pg_catalog.pg_collation AS o
    UNION ALL
    SELECT 'conversion', o.conname::text, o.oid, 'pg_catalog.pg_conversion'::regclass, o.connamespace
    FROM pg_catalog.pg_conversion AS o
    UNION ALL
    SELECT
        'text search configuration', o.cfgname::text, o.oid, 'pg_catalog.pg_ts_config'::regclass,
        o.cfgnamespace
    FROM pg_catalog.pg_ts_config AS o
    UNION ALL
    SELECT
        'text search dictionary', o.dictname::text, o.oid, 'pg_catalog.pg_ts_dict'::regclass,
        o.dictnamespace
    FROM pg_catalog.pg_ts_dict AS o
    UNION ALL
    SELECT 'security label', l.label, l.objoid, l.classoid::regclass, c.relnamespace
    FROM pg_catalog.pg_seclabel AS l
    INNER JOIN pg_catalog.pg_class AS c
        ON l.objoid = c.oid AND l.classoid = 'pg_catalog.pg_class'::regclass
) AS held
WHERE
    held.schema = (SELECT n.oid FROM pg_catalog.pg_namespace AS n WHERE n.nspname = %(schema)s)
    AND NOT EXISTS (
        SELECT FROM pg_catalog.pg_depend AS d
        WHERE d.classid = held.class AND d.objid = held.oid AND d.deptype = 'e'
    )
GROUP BY held.kind
ORDER BY 2
