-- Purpose: settings until the transaction ends: a filtered read is an error and never fewer rows,
-- no timeout of the role cuts a long read, and each connection keeps one process of the server busy
-- and no more: the source has other users, and a second connection reads beside this one.
-- Columns: one row for each setting that this version of the server knows.
SELECT set_config(known.name, wanted.value, true) AS value
FROM (
    VALUES
    ('row_security', 'off'), ('max_parallel_workers_per_gather', '0'), ('statement_timeout', '0'),
    ('transaction_timeout', '0'), ('idle_in_transaction_session_timeout', '0')
) AS wanted (name, value)
INNER JOIN pg_catalog.pg_settings AS known ON known.name = wanted.name
