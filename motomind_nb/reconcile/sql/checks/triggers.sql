-- After the load every trigger fires, every constraint is validated and every index is usable; the
-- triggers behind foreign keys are included. No parameters.
-- Columns: check, subject, expected, found, status, detail, key (NULL: each is told alone; text).
WITH fault AS (
    SELECT
        'trigger ' || t.tgname || ' on ' || n.nspname || '.' || c.relname AS subject,
        'enabled' AS expected,
        CASE t.tgenabled WHEN 'R' THEN 'enabled for replicas only' ELSE 'disabled' END AS found
    FROM pg_catalog.pg_trigger AS t
    INNER JOIN pg_catalog.pg_class AS c ON c.oid = t.tgrelid
    INNER JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    WHERE n.nspname IN ('{target}', 'private') AND t.tgenabled NOT IN ('O', 'A')
    UNION ALL
    SELECT
        'constraint ' || k.conname || ' on ' || n.nspname || '.' || c.relname,
        'validated',
        'not validated'
    FROM pg_catalog.pg_constraint AS k
    INNER JOIN pg_catalog.pg_class AS c ON c.oid = k.conrelid
    INNER JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    WHERE n.nspname IN ('{target}', 'private') AND NOT k.convalidated
    UNION ALL
    SELECT
        'index ' || i.relname || ' on ' || n.nspname || '.' || c.relname,
        'valid',
        'not valid'
    FROM pg_catalog.pg_index AS x
    INNER JOIN pg_catalog.pg_class AS c ON c.oid = x.indrelid
    INNER JOIN pg_catalog.pg_class AS i ON i.oid = x.indexrelid
    INNER JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    WHERE n.nspname IN ('{target}', 'private') AND NOT x.indisvalid
)

SELECT
    'triggers' AS check,
    fault.subject,
    fault.expected,
    fault.found,
    'fail' AS status,
    'a rule that does not work: enable or validate it' AS detail,
    NULL AS key
FROM fault
UNION ALL
SELECT 'triggers', 'public and private', 'all rules work', 'all rules work', 'ok', '', NULL
WHERE NOT EXISTS (SELECT FROM fault)
