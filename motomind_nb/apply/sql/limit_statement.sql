-- Purpose: bound what one try for a lock may take, in milliseconds; 0 is without an end.
-- Parameters: milliseconds (text).
SELECT
    set_config('statement_timeout', %(milliseconds)s, true),
    set_config('lock_timeout', %(milliseconds)s, true)
