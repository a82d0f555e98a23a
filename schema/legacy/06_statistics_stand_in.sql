-- performance_dashboard reads extensions.pg_stat_statements. Where that extension is not installed,
-- a stand-in with the columns the view needs takes its place. It holds no invented numbers: queried,
-- it raises what the extension itself raises on a server that has not preloaded it.

DO $stand_in$
BEGIN
    IF to_regclass('extensions.pg_stat_statements') IS NULL THEN
        CREATE FUNCTION extensions.pg_stat_statements_missing()
        RETURNS TABLE (
            calls bigint,
            mean_exec_time double precision,
            shared_blks_hit bigint,
            shared_blks_read bigint
        )
        LANGUAGE plpgsql STABLE
        SET search_path = ''
        AS $body$
        BEGIN
            RAISE EXCEPTION USING
                ERRCODE = 'object_not_in_prerequisite_state',
                MESSAGE = 'pg_stat_statements must be loaded via "shared_preload_libraries"';
        END
        $body$;

        CREATE VIEW extensions.pg_stat_statements AS
        SELECT calls, mean_exec_time, shared_blks_hit, shared_blks_read
        FROM extensions.pg_stat_statements_missing();

        COMMENT ON VIEW extensions.pg_stat_statements IS
        'Stand-in: the extension pg_stat_statements is not installed; reading it raises 55000.';
        GRANT SELECT ON extensions.pg_stat_statements TO anon, authenticated, service_role;
    END IF;
END
$stand_in$;
