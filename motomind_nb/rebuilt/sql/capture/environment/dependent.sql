-- What lies in other schemas and hangs on these: views, functions, triggers, policies, keys,
-- defaults, tables that inherit; also functions whose text names one of these schemas.
-- Parameters: none. Columns: object, kind, name, text.
WITH ours AS (
    SELECT
        n.oid,
        n.nspname
    FROM pg_catalog.pg_namespace AS n
    WHERE n.nspname IN ('{target}', 'private', 'audit', '{source}')
),

thing AS (
    SELECT
        'pg_catalog.pg_class'::regclass AS class,
        c.oid
    FROM pg_catalog.pg_class AS c
    WHERE c.relnamespace IN (SELECT ours.oid FROM ours)
    UNION ALL
    SELECT
        'pg_catalog.pg_proc'::regclass,
        p.oid
    FROM pg_catalog.pg_proc AS p
    WHERE p.pronamespace IN (SELECT ours.oid FROM ours)
    UNION ALL
    SELECT
        'pg_catalog.pg_type'::regclass,
        t.oid
    FROM pg_catalog.pg_type AS t
    WHERE t.typnamespace IN (SELECT ours.oid FROM ours)
),

hanging AS MATERIALIZED (
    SELECT DISTINCT
        d.classid AS class,
        d.objid AS oid
    FROM pg_catalog.pg_depend AS d
    INNER JOIN thing ON d.refclassid = thing.class AND d.refobjid = thing.oid
),

dependent AS (
    SELECT
        'pg_catalog.pg_class'::regclass AS class,
        c.oid,
        c.relnamespace AS home
    FROM pg_catalog.pg_class AS c
    WHERE
        c.relkind NOT IN ('i', 'I', 't')
        AND (
            c.oid IN (
                SELECT hanging.oid FROM hanging
                WHERE hanging.class = 'pg_catalog.pg_class'::regclass
            )
            OR c.oid IN (
                SELECT w.ev_class FROM hanging
                INNER JOIN pg_catalog.pg_rewrite AS w ON hanging.oid = w.oid
                WHERE hanging.class = 'pg_catalog.pg_rewrite'::regclass
            )
        )
    UNION ALL
    SELECT
        'pg_catalog.pg_proc'::regclass,
        p.oid,
        p.pronamespace
    FROM pg_catalog.pg_proc AS p
    WHERE
        p.pronamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
        AND (
            p.oid IN (
                SELECT hanging.oid FROM hanging
                WHERE hanging.class = 'pg_catalog.pg_proc'::regclass
            )
            OR p.prosrc ~ (
                '\m({source}|private|audit)\.\w'
                '|\m{target}\.(tenants|users|garages|vehicle\w*|reminders|timeline_feed)\M'
            )
        )
    UNION ALL
    SELECT
        hanging.class,
        hanging.oid,
        c.relnamespace
    FROM hanging
    LEFT JOIN pg_catalog.pg_trigger AS t
        ON hanging.oid = t.oid AND hanging.class = 'pg_catalog.pg_trigger'::regclass
    LEFT JOIN pg_catalog.pg_policy AS y
        ON hanging.oid = y.oid AND hanging.class = 'pg_catalog.pg_policy'::regclass
    LEFT JOIN pg_catalog.pg_constraint AS k
        ON hanging.oid = k.oid AND hanging.class = 'pg_catalog.pg_constraint'::regclass
    LEFT JOIN pg_catalog.pg_attrdef AS d
        ON hanging.oid = d.oid AND hanging.class = 'pg_catalog.pg_attrdef'::regclass
    INNER JOIN pg_catalog.pg_class AS c
        ON coalesce(t.tgrelid, y.polrelid, d.adrelid, nullif(k.conrelid, 0)) = c.oid
    WHERE t.oid IS NULL OR NOT t.tgisinternal
),

outside AS MATERIALIZED (
    SELECT
        dependent.class,
        dependent.oid
    FROM dependent
    INNER JOIN pg_catalog.pg_namespace AS n ON dependent.home = n.oid
    WHERE
        n.nspname NOT IN ('{target}', 'private', 'audit', '{source}', 'information_schema')
        AND n.nspname !~ '^pg_'
)

SELECT
    said.type || ' ' || said.identity AS object,
    part.kind,
    part.name,
    part.text
FROM outside
CROSS JOIN LATERAL pg_identify_object(outside.class, outside.oid, 0) AS said
LEFT JOIN pg_catalog.pg_class AS c
    ON outside.oid = c.oid AND outside.class = 'pg_catalog.pg_class'::regclass
LEFT JOIN pg_catalog.pg_proc AS p
    ON outside.oid = p.oid AND outside.class = 'pg_catalog.pg_proc'::regclass
LEFT JOIN pg_catalog.pg_trigger AS t
    ON outside.oid = t.oid AND outside.class = 'pg_catalog.pg_trigger'::regclass
LEFT JOIN pg_catalog.pg_policy AS y
    ON outside.oid = y.oid AND outside.class = 'pg_catalog.pg_policy'::regclass
LEFT JOIN pg_catalog.pg_constraint AS k
    ON outside.oid = k.oid AND outside.class = 'pg_catalog.pg_constraint'::regclass
LEFT JOIN pg_catalog.pg_attrdef AS d
    ON outside.oid = d.oid AND outside.class = 'pg_catalog.pg_attrdef'::regclass
CROSS JOIN LATERAL (
    SELECT
        'hangs on these schemas' AS kind,
        '' AS name,
        concat_ws(
            ' ',
            CASE
                WHEN c.relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid)
                WHEN c.oid IS NOT NULL THEN 'table ' || coalesce(pg_get_expr(c.relpartbound, c.oid), '')
            END,
            'with ' || array_to_string(c.reloptions, ', '),
            'owner ' || pg_get_userbyid(coalesce(c.relowner, p.proowner)),
            CASE WHEN p.prosecdef THEN 'security definer' END,
            'set ' || array_to_string(p.proconfig, ', '),
            coalesce(pg_get_function_sqlbody(p.oid), p.prosrc),
            CASE WHEN t.oid IS NOT NULL THEN pg_get_triggerdef(t.oid) || ' enabled ' || t.tgenabled::text END,
            CASE WHEN k.oid IS NOT NULL THEN pg_get_constraintdef(k.oid) END,
            CASE
                WHEN y.oid IS NOT NULL THEN concat_ws(
                    ' ', 'policy', CASE WHEN NOT y.polpermissive THEN 'restrictive' END, 'for', y.polcmd, 'to',
                    (
                        SELECT
                            string_agg(
                                coalesce(r.rolname, 'PUBLIC')::text, ', '
                                ORDER BY coalesce(r.rolname, 'PUBLIC')
                            )
                        FROM unnest(y.polroles) AS u (role)
                        LEFT JOIN pg_catalog.pg_roles AS r ON u.role = r.oid
                    ),
                    'using (' || pg_get_expr(y.polqual, y.polrelid) || ')',
                    'with check (' || pg_get_expr(y.polwithcheck, y.polrelid) || ')'
                )
            END,
            pg_get_expr(d.adbin, d.adrelid)
        ) AS text
    UNION ALL
    SELECT
        'rule',
        w.rulename::text,
        pg_get_ruledef(w.oid) || ' enabled ' || w.ev_enabled::text
    FROM pg_catalog.pg_rewrite AS w
    WHERE w.ev_class = c.oid AND w.rulename <> '_RETURN'
    UNION ALL
    SELECT
        'column grant',
        coalesce(r.rolname, 'PUBLIC') || ' on ' || a.attname,
        string_agg(DISTINCT x.privilege_type, ', ')
    FROM pg_catalog.pg_attribute AS a
    CROSS JOIN aclexplode(a.attacl) AS x
    LEFT JOIN pg_catalog.pg_roles AS r ON x.grantee = r.oid
    WHERE a.attrelid = c.oid AND NOT a.attisdropped AND x.grantee <> c.relowner
    GROUP BY 2
    UNION ALL
    SELECT
        'grant',
        coalesce(r.rolname, 'PUBLIC'),
        string_agg(DISTINCT x.privilege_type, ', ')
    FROM aclexplode(
        coalesce(
            c.relacl, p.proacl,
            CASE WHEN p.oid IS NOT NULL THEN acldefault('f', p.proowner) END
        )
    ) AS x
    LEFT JOIN pg_catalog.pg_roles AS r ON x.grantee = r.oid
    WHERE x.grantee <> coalesce(c.relowner, p.proowner)
    GROUP BY 2
) AS part
ORDER BY 1, 2, 3;
