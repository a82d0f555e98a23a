-- Purpose: the legal erasures since the load: they explain the differences that other checks find.
-- Columns: check, subject, expected, found, status, detail, key (NULL: each is told alone; text).
SELECT
    'erasure' AS check,
    'tenant ' || erased.tenant_id AS subject,
    'no row erased since the load' AS expected,
    to_char(erased.erased_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') || ': '
    || sum(of_relation.rows::bigint) || CASE sum(of_relation.rows::bigint) WHEN 1 THEN ' row' ELSE ' rows' END
    || ' erased' AS found,
    'warn' AS status,
    'the checks that compare with the complete source fail for these rows' AS detail,
    NULL AS key
FROM audit.erasure AS erased
CROSS JOIN LATERAL jsonb_each_text(erased.counts) AS of_relation (relation, rows)
GROUP BY erased.id, erased.erased_at, erased.tenant_id
ORDER BY erased.erased_at, erased.id
