-- The barrier view must be filtered by tenant and read what is visible.
-- Parameters: none. Columns: subject, expected, found, detail (text).
SELECT
    'private.timeline_visible' AS subject,
    wanted.part AS expected,
    'absent' AS found,
    'the definition of the view' AS detail
FROM (
    VALUES ('private.current_tenant()'), ('private.visible_vehicle'), ('row_security_active(')
) AS wanted (part)
WHERE
    strpos(
        coalesce(pg_catalog.pg_get_viewdef(to_regclass('private.timeline_visible')), ''),
        wanted.part
    ) = 0
ORDER BY expected;
