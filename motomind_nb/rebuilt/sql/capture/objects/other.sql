-- Whatever else lies in the schemas: operators, collations, conversions, operator classes and
-- families, objects of text search.
-- Parameters: none. Columns: schema, object, kind, name, text.
SELECT
    n.nspname::text AS schema,
    said.type || ' ' || said.identity AS object,
    'other object' AS kind,
    '' AS name,
    every.text
FROM (
    SELECT
        'pg_operator'::regclass AS class,
        o.oid,
        o.oprnamespace AS home,
        'calls ' || o.oprcode AS text
    FROM pg_catalog.pg_operator AS o
    UNION ALL
    SELECT
        'pg_collation'::regclass,
        l.oid,
        l.collnamespace,
        concat_ws(' ', 'provider', l.collprovider, l.collcollate, l.collctype)
    FROM pg_catalog.pg_collation AS l
    UNION ALL
    SELECT
        'pg_conversion'::regclass,
        v.oid,
        v.connamespace,
        'calls ' || v.conproc
    FROM pg_catalog.pg_conversion AS v
    UNION ALL
    SELECT
        'pg_opclass'::regclass,
        c.oid,
        c.opcnamespace,
        'there'
    FROM pg_catalog.pg_opclass AS c
    UNION ALL
    SELECT
        'pg_opfamily'::regclass,
        y.oid,
        y.opfnamespace,
        'there'
    FROM pg_catalog.pg_opfamily AS y
    UNION ALL
    SELECT
        'pg_ts_config'::regclass,
        x.oid,
        x.cfgnamespace,
        'there'
    FROM pg_catalog.pg_ts_config AS x
    UNION ALL
    SELECT
        'pg_ts_dict'::regclass,
        d.oid,
        d.dictnamespace,
        coalesce(d.dictinitoption, 'there')
    FROM pg_catalog.pg_ts_dict AS d
) AS every
INNER JOIN pg_catalog.pg_namespace AS n ON every.home = n.oid
CROSS JOIN LATERAL pg_identify_object(every.class, every.oid, 0) AS said
WHERE n.nspname IN ('{target}', 'private', 'audit', '{source}')
ORDER BY 1, 2
