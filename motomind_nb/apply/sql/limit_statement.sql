-- Purpose: bound what a statement may take, and what it may wait for a lock, in milliseconds; 0 is
-- without an end. Parameters: statement, lock (text).
SELECT
    set_config('statement_timeout', %(statement)s, true),
    set_config('lock_timeout', %(lock)s, true)
