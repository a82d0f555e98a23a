-- Whether proofs can run here. Parameters: none. Columns: state (text, ready or what hinders).
SELECT
    CASE
        WHEN to_regclass('{target}.vehicle_events') IS NULL OR to_regnamespace('private') IS NULL
            THEN 'no rebuilt schema'
        WHEN to_regnamespace('original_design') IS NOT NULL THEN 'a schema original_design'
        WHEN EXISTS (
            SELECT FROM unnest(ARRAY['anon', 'authenticated', 'service_role']) AS role (name)
            WHERE NOT pg_has_role(
                session_user, to_regrole(role.name),
                -- since PostgreSQL 16 a member need not be allowed to act as the role
                CASE
                    WHEN current_setting('server_version_num')::integer >= 160000 THEN 'SET'
                    ELSE 'MEMBER'
                END
            )
        ) THEN 'a session that cannot act as anon, authenticated and service_role'
        ELSE 'ready'
    END AS state;
