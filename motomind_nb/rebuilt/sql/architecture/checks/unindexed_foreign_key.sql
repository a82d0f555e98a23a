-- Foreign keys whose columns no index begins with. A partial index counts when it holds every
-- row that the key checks: those where the last column is not NULL.
-- Parameters: none. Columns: subject, expected, found, detail (text).
SELECT
    key.conrelid::regclass || ' ' || key.conname AS subject,
    'an index' AS expected,
    'none' AS found,
    pg_catalog.pg_get_constraintdef(key.oid) AS detail
FROM pg_catalog.pg_constraint AS key
INNER JOIN pg_catalog.pg_namespace AS schema ON key.connamespace = schema.oid
WHERE
    key.contype = 'f'
    AND schema.nspname IN ('{target}', 'private')
    AND NOT EXISTS (
        SELECT FROM pg_catalog.pg_index AS index
        INNER JOIN pg_catalog.pg_attribute AS last_column
            ON last_column.attrelid = key.conrelid
            AND last_column.attnum = key.conkey[cardinality(key.conkey)]
        WHERE
            index.indrelid = key.conrelid
            AND index.indisvalid
            AND (index.indkey::int2[])[0:cardinality(key.conkey) - 1] = key.conkey
            AND (
                index.indpred IS NULL
                OR pg_catalog.pg_get_expr(index.indpred, index.indrelid)
                = '(' || pg_catalog.quote_ident(last_column.attname) || ' IS NOT NULL)'
            )
    )
ORDER BY subject;
