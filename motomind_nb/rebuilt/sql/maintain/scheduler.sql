-- Whether pg_cron is installed here, available or neither.
-- Parameters: none. Columns: state (text: installed, available, absent).
SELECT
    CASE
        WHEN EXISTS (SELECT FROM pg_catalog.pg_extension WHERE extname = 'pg_cron')
            THEN CASE WHEN has_schema_privilege('cron', 'USAGE') THEN 'installed' ELSE 'closed' END
        WHEN EXISTS (SELECT FROM pg_catalog.pg_available_extensions WHERE name = 'pg_cron')
            THEN 'available'
        ELSE 'absent'
    END AS state;
