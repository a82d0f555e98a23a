-- Purpose: facts of the source at the moment of the snapshot.
-- Columns: kind, taken_at, server_version, server_version_num, encoding, snapshot, reader (the role
-- that reads), all text.
SELECT
    'database' AS kind,
    to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS taken_at,
    current_setting('server_version') AS server_version,
    current_setting('server_version_num') AS server_version_num,
    current_setting('server_encoding') AS encoding,
    pg_current_snapshot()::text AS snapshot,
    current_user::text AS reader
