-- Whether proofs can run here. Parameters: none. Columns: state (text, ready or what hinders).
SELECT
    CASE
        WHEN to_regclass('public.vehicle_events') IS NULL OR to_regnamespace('private') IS NULL
            THEN 'no rebuilt schema'
        WHEN to_regnamespace('original_design') IS NOT NULL THEN 'a schema original_design'
        ELSE 'ready'
    END AS state;
