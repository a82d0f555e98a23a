-- Indexes of one table that are alike in everything but their name.
-- Parameters: none. Columns: subject, expected, found, detail (text).
SELECT
    alike.indrelid::regclass::text AS subject,
    '1 index' AS expected,
    count(*) || ' indexes' AS found,
    string_agg(alike.indexrelid::regclass::text, ', ' ORDER BY alike.indexrelid::regclass::text)
    AS detail
FROM pg_catalog.pg_index AS alike
INNER JOIN pg_catalog.pg_class AS class ON alike.indrelid = class.oid
INNER JOIN pg_catalog.pg_class AS index ON alike.indexrelid = index.oid
WHERE class.relnamespace IN ('{target}'::regnamespace, 'private'::regnamespace)
GROUP BY
    alike.indrelid, index.relam, alike.indkey::text, alike.indclass::text, alike.indoption::text,
    pg_catalog.pg_get_expr(alike.indexprs, alike.indrelid),
    pg_catalog.pg_get_expr(alike.indpred, alike.indrelid)
HAVING count(*) > 1
ORDER BY subject;
