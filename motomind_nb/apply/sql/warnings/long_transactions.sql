-- Purpose: transactions that have lasted for more than a minute: the switch waits for those that hold a lock
-- on a moved table. Columns: subject, found (text).
SELECT
    format('session %%s of %%s', session.pid, coalesce(session.usename, '?')) AS subject,
    format(
        '%%s for %%s (%%s)',
        coalesce(session.state, '?'),
        date_trunc('second', clock_timestamp() - session.xact_start),
        coalesce(nullif(session.application_name, ''), 'no name')
    ) AS found
FROM pg_catalog.pg_stat_activity AS session
WHERE
    session.datname = current_database()
    AND session.pid <> pg_backend_pid()
    AND session.xact_start < clock_timestamp() - INTERVAL '1 minute'
ORDER BY session.xact_start, session.pid
