-- Purpose: settings until the transaction ends: a filtered read is an error and never fewer rows,
-- and no timeout of the role cuts a long read.
SELECT
    set_config('row_security', 'off', true) AS row_security,
    set_config('statement_timeout', '0', true) AS statement_timeout,
    set_config('idle_in_transaction_session_timeout', '0', true) AS idle_timeout
