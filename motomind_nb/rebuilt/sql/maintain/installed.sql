-- Whether the rebuilt schema is here. Parameters: none. Columns: installed (boolean).
SELECT to_regclass('private.job_log') IS NOT NULL AS installed;
