-- Functions, procedures and aggregates: what the server is told of them, and their bodies.
-- Parameters: none. Columns: schema, object, kind, name, text.
SELECT
    n.nspname::text AS schema,
    p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')' AS object,
    part.kind,
    '' AS name,
    part.text
FROM pg_catalog.pg_proc AS p
INNER JOIN pg_catalog.pg_namespace AS n ON p.pronamespace = n.oid
INNER JOIN pg_catalog.pg_language AS l ON p.prolang = l.oid
LEFT JOIN pg_catalog.pg_aggregate AS g ON p.oid = g.aggfnoid
CROSS JOIN LATERAL (
    VALUES
    (
        'function',
        concat_ws(
            ' ',
            CASE p.prokind
                WHEN 'p' THEN 'procedure' WHEN 'a' THEN 'aggregate' WHEN 'w' THEN 'window function'
                ELSE 'function'
            END,
            '(' || pg_get_function_arguments(p.oid) || ')',
            'returns ' || pg_get_function_result(p.oid),
            l.lanname,
            CASE p.provolatile WHEN 'i' THEN 'immutable' WHEN 's' THEN 'stable' ELSE 'volatile' END,
            CASE WHEN p.prosecdef THEN 'security definer' ELSE 'security invoker' END,
            CASE WHEN p.proleakproof THEN 'leakproof' END,
            CASE WHEN p.proisstrict THEN 'strict' END,
            CASE p.proparallel
                WHEN 's' THEN 'parallel safe' WHEN 'r' THEN 'parallel restricted' ELSE 'parallel unsafe'
            END,
            'cost ' || p.procost,
            'rows ' || nullif(p.prorows, 0),
            'support ' || nullif(p.prosupport, 0::regproc),
            'set ' || array_to_string(p.proconfig, ', ')
        )
    ),
    (
        'body',
        concat_ws(
            ' ', p.probin, coalesce(pg_get_function_sqlbody(p.oid), p.prosrc),
            g.aggtransfn::text, nullif(g.aggfinalfn, 0::regproc)::text, g.agginitval
        )
    )
) AS part (kind, text)
WHERE n.nspname IN ('{target}', 'private', 'audit', '{source}')
ORDER BY 1, 2, 3
