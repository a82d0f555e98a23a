-- Purpose: who holds a lock on tables that stands in the way. Parameters: tables (text[], qualified
-- names). Columns: pid (integer), role, state, since (text: how long the transaction lasts), program
-- (text), may_end (boolean, whether this role may end that session). What a session says may be secret.
SELECT DISTINCT ON (session.pid)
    session.pid,
    coalesce(session.usename, '?')::text AS role,
    coalesce(session.state, '?') AS state,
    coalesce(date_trunc('second', clock_timestamp() - session.xact_start)::text, '?') AS since,
    coalesce(session.application_name, '') AS program,
    pg_has_role(session.usesysid, 'MEMBER') AS may_end
FROM pg_catalog.pg_locks AS held
INNER JOIN pg_catalog.pg_stat_activity AS session ON held.pid = session.pid
WHERE
    held.granted
    AND held.pid <> pg_backend_pid()
    AND held.database = (SELECT here.oid FROM pg_catalog.pg_database AS here WHERE here.datname = current_database())
    AND held.relation = ANY(
        SELECT to_regclass(wanted.name)::oid FROM unnest(%(tables)s::text[]) AS wanted (name)
    )
ORDER BY session.pid
