-- Purpose: the settings of the session, and the role that it acts as, as they are now.
-- Parameters: none. Columns: name, held (text).
SELECT
    chosen.name,
    current_setting(chosen.name) AS held
FROM pg_catalog.pg_settings AS chosen
WHERE chosen.context IN ('user', 'superuser') AND chosen.name <> 'transaction_read_only'
UNION ALL
SELECT 'session_authorization', current_setting('session_authorization')
UNION ALL
SELECT 'role', current_setting('role')
