-- Purpose: whether this session logged in with rights that a function of a view must not get: those
-- of a superuser, or over programs and files of the server; and the name of the server's cluster,
-- which can only be set when it starts.
-- Columns: powerful (boolean), cluster (text).
SELECT
    bool_or(r.rolsuper) OR bool_or(
        pg_has_role(session_user, 'pg_execute_server_program', 'MEMBER')
        OR pg_has_role(session_user, 'pg_write_server_files', 'MEMBER')
        OR pg_has_role(session_user, 'pg_read_server_files', 'MEMBER')
    ) AS powerful,
    current_setting('cluster_name') AS cluster
FROM pg_catalog.pg_roles AS r
WHERE r.rolname = session_user
