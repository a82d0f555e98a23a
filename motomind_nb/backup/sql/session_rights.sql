-- Purpose: whether this session logged in with rights that a function of a view must not get: those
-- of a superuser, or over programs and files of the server; and whether the server is our embedded
-- one. The name of a cluster can only be set when the server starts.
-- Columns: powerful, is_embedded (boolean).
SELECT
    bool_or(r.rolsuper) OR bool_or(
        pg_has_role(session_user, 'pg_execute_server_program', 'MEMBER')
        OR pg_has_role(session_user, 'pg_write_server_files', 'MEMBER')
        OR pg_has_role(session_user, 'pg_read_server_files', 'MEMBER')
    ) AS powerful,
    current_setting('cluster_name') = 'motomind embedded server' AS is_embedded
FROM pg_catalog.pg_roles AS r
WHERE r.rolname = session_user
