-- Purpose: what the server itself knows to depend on something that the migration moves, and that is
-- no part of it: foreign keys, views, rules, policies, triggers, columns, defaults, checks, indexes,
-- types and any other kind. Functions, publications, inheritance and event triggers are read apart.
-- Temporary objects end with their session and are left out.
-- Parameters: classes, ids, names (arrays of the same length: what the migration moves).
-- Columns: kind, name, depends_on, text.
WITH moved AS (
    SELECT m.class, m.id, m.name
    FROM unnest(%(classes)s::oid[], %(ids)s::oid[], %(names)s::text[]) AS m (class, id, name)
),

edge AS (
    SELECT
        d.classid,
        d.objid,
        CASE WHEN d.classid = 'pg_catalog.pg_class'::regclass THEN d.objsubid ELSE 0 END AS part,
        string_agg(DISTINCT m.name, ', ' ORDER BY m.name) AS depends_on
    FROM pg_catalog.pg_depend AS d
    INNER JOIN moved AS m ON d.refclassid = m.class AND d.refobjid = m.id
    WHERE
        d.classid NOT IN (
            'pg_catalog.pg_proc'::regclass, 'pg_catalog.pg_publication_rel'::regclass,
            'pg_catalog.pg_event_trigger'::regclass
        )
        AND NOT EXISTS (SELECT FROM moved AS own WHERE own.class = d.classid AND own.id = d.objid)
        AND NOT EXISTS (
            SELECT FROM pg_catalog.pg_inherits AS i
            WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.refclassid = d.classid
                AND i.inhrelid = d.objid AND i.inhparent = d.refobjid
        )
    GROUP BY 1, 2, 3
),

-- every dependent beside the relation that it belongs to and the object that its name is read from
held AS (
    SELECT
        e.*,
        coalesce(w.ev_class, k.conrelid, v.adrelid, y.polrelid, t.tgrelid, x.indrelid, s.stxrelid, c.oid)
            AS relation,
        w.oid AS rule,
        w.rulename = '_RETURN' AS is_view,
        k.contype,
        v.oid AS value,
        v.adnum,
        y.oid AS policy,
        t.oid AS trigger,
        x.indexrelid AS index,
        s.oid AS statistics,
        c.relkind
    FROM edge AS e
    LEFT JOIN pg_catalog.pg_rewrite AS w ON e.classid = w.tableoid AND e.objid = w.oid
    LEFT JOIN pg_catalog.pg_constraint AS k ON e.classid = k.tableoid AND e.objid = k.oid
    LEFT JOIN pg_catalog.pg_attrdef AS v ON e.classid = v.tableoid AND e.objid = v.oid
    LEFT JOIN pg_catalog.pg_policy AS y ON e.classid = y.tableoid AND e.objid = y.oid
    LEFT JOIN pg_catalog.pg_trigger AS t ON e.classid = t.tableoid AND e.objid = t.oid
    LEFT JOIN pg_catalog.pg_class AS c ON e.classid = c.tableoid AND e.objid = c.oid
    LEFT JOIN pg_catalog.pg_index AS x ON c.oid = x.indexrelid
    LEFT JOIN pg_catalog.pg_statistic_ext AS s ON e.classid = s.tableoid AND e.objid = s.oid
    -- a partition repeats what its whole says, and a foreign key has triggers of its own
    WHERE coalesce(k.conparentid, 0) = 0 AND coalesce(t.tgparentid, 0) = 0
        AND NOT coalesce(t.tgisinternal, false) AND c.relkind IS DISTINCT FROM 't'
),

-- most belong to what moves itself: those need no name
other AS MATERIALIZED (
    SELECT h.*
    FROM held AS h
    WHERE h.relation IS NULL OR h.relation NOT IN (
        SELECT m.id FROM moved AS m WHERE m.class = 'pg_catalog.pg_class'::regclass
    )
)

SELECT
    CASE
        WHEN h.is_view THEN CASE r.relkind WHEN 'm' THEN 'materialized view' ELSE 'view' END
        WHEN h.rule IS NOT NULL THEN 'rule'
        WHEN h.contype = 'f' THEN 'foreign key'
        WHEN h.contype = 'c' THEN 'check'
        WHEN h.value IS NOT NULL THEN 'default'
        WHEN h.index IS NOT NULL THEN 'index'
        WHEN h.part > 0 THEN 'column'
        ELSE shown.type
    END AS kind,
    shown.identity AS name,
    h.depends_on,
    coalesce(
        CASE
            WHEN h.is_view THEN pg_get_viewdef(h.relation)
            WHEN h.rule IS NOT NULL THEN pg_get_ruledef(h.rule)
            WHEN h.contype IS NOT NULL THEN pg_get_constraintdef(h.objid)
            WHEN h.value IS NOT NULL
                THEN (
                    SELECT pg_get_expr(v.adbin, v.adrelid)
                    FROM pg_catalog.pg_attrdef AS v
                    WHERE v.oid = h.value
                )
            WHEN h.policy IS NOT NULL THEN (
                SELECT concat_ws(
                    ' ', CASE WHEN NOT y.polpermissive THEN 'AS RESTRICTIVE' END, 'FOR',
                    CASE y.polcmd
                        WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE'
                        WHEN 'd' THEN 'DELETE' ELSE 'ALL'
                    END,
                    'TO', array_to_string(roles.names, ', '),
                    'USING (' || pg_get_expr(y.polqual, y.polrelid) || ')',
                    'WITH CHECK (' || pg_get_expr(y.polwithcheck, y.polrelid) || ')'
                )
                FROM pg_catalog.pg_policy AS y
                CROSS JOIN LATERAL (
                    SELECT
                        array_agg(
                            CASE u.role WHEN 0 THEN 'public' ELSE pg_get_userbyid(u.role) END
                        ) AS names
                    FROM unnest(y.polroles) AS u (role)
                ) AS roles
                WHERE y.oid = h.policy
            )
            WHEN h.trigger IS NOT NULL THEN pg_get_triggerdef(h.trigger)
            WHEN h.index IS NOT NULL THEN pg_get_indexdef(h.index)
            WHEN h.statistics IS NOT NULL THEN pg_get_statisticsobjdef(h.statistics)
            WHEN h.part > 0 THEN (
                SELECT format_type(a.atttypid, a.atttypmod)
                FROM pg_catalog.pg_attribute AS a
                WHERE a.attrelid = h.relation AND a.attnum = h.part
            )
        END,
        pg_describe_object(h.classid, h.objid, h.part)
    ) AS text
FROM other AS h
LEFT JOIN pg_catalog.pg_class AS r ON h.relation = r.oid
CROSS JOIN LATERAL pg_identify_object(
    CASE WHEN h.is_view OR h.value IS NOT NULL THEN 'pg_catalog.pg_class'::regclass ELSE h.classid END,
    CASE WHEN h.is_view OR h.value IS NOT NULL THEN h.relation ELSE h.objid END,
    coalesce(h.adnum, h.part)
) AS shown
WHERE
    r.relpersistence IS DISTINCT FROM 't'
    AND NOT EXISTS (
        SELECT FROM pg_catalog.pg_depend AS d
        WHERE
            d.deptype = 'e' AND d.objsubid = 0
            AND (
                (d.classid = h.classid AND d.objid = h.objid)
                OR (
                    h.is_view
                    AND d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = h.relation
                )
            )
    )
ORDER BY 1, 2
