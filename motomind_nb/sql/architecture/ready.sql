-- Whether proofs can run here. Parameters: none. Columns: state (text, ready or what hinders).
SELECT
    CASE
        WHEN to_regclass('private.timeline') IS NULL THEN 'no rebuilt schema'
        WHEN to_regnamespace('original_design') IS NOT NULL THEN 'a schema original_design'
        ELSE 'ready'
    END AS state;
