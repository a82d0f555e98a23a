-- Purpose: facts of the source at the moment of the snapshot.
-- Columns: kind, taken_at, server_version, server_version_num, encoding, snapshot, reader (the role
-- that reads), database (its name, oid and server's identifier, which tell it from every other), all text.
SELECT
    'database' AS kind,
    to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS taken_at,
    current_setting('server_version') AS server_version,
    current_setting('server_version_num') AS server_version_num,
    current_setting('server_encoding') AS encoding,
    pg_current_snapshot()::text AS snapshot,
    current_user::text AS reader,
    (
        SELECT concat_ws(' / ', held.datname, held.oid, control.system_identifier)
        FROM pg_catalog.pg_database AS held
        CROSS JOIN pg_control_system() AS control
        WHERE held.datname = current_database()
    ) AS database
