-- Purpose: settings until the transaction ends: a filtered read is an error and never fewer rows,
-- no timeout of the role cuts a long read, and each connection keeps one process of the server busy
-- and no more: the source has other users, and a second connection reads beside this one.
SELECT
    set_config('max_parallel_workers_per_gather', '0', true) AS workers,
    set_config('row_security', 'off', true) AS row_security,
    set_config('statement_timeout', '0', true) AS statement_timeout,
    set_config('idle_in_transaction_session_timeout', '0', true) AS idle_timeout
