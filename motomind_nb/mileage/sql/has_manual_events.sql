-- Whether the stage holds the table manual_events, which some sources lack. No parameters.
-- Column: there (boolean).
SELECT to_regclass('{source}.manual_events') IS NOT NULL AS there
