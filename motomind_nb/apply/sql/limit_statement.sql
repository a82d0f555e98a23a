-- Purpose: bound what a lock may be waited for, and with is_try a whole statement, too. The bound is a share
-- of the time after which the server looks for deadlocks, so that whoever waits for us is never the victim
-- of one. Parameters: longest (integer, milliseconds), share (numeric, of deadlock_timeout), is_try
-- (boolean). Columns: statement, lock (text).
SELECT
    set_config('statement_timeout', CASE WHEN %(is_try)s THEN bound.milliseconds ELSE '0' END, true) AS statement,
    set_config('lock_timeout', bound.milliseconds, true) AS lock
FROM (
    SELECT
        greatest(
            1,
            least(
                %(longest)s::integer,
                (
                    1000 * %(share)s::numeric
                    * extract(EPOCH FROM current_setting('deadlock_timeout')::interval)
                )::integer
            )
        )::text AS milliseconds
) AS bound
