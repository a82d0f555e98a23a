-- Purpose: settings until the transaction ends. A legacy rule compares a date with a timestamp, so
-- the zone is part of the meaning; the rest makes the load fast and its warnings visible.
SELECT
    set_config('TimeZone', 'UTC', true) AS timezone,
    set_config('DateStyle', 'ISO, YMD', true) AS datestyle,
    set_config('IntervalStyle', 'postgres', true) AS intervalstyle,
    set_config('extra_float_digits', '1', true) AS float_digits,
    set_config('client_min_messages', 'warning', true) AS messages,
    set_config('statement_timeout', '0', true) AS statement_timeout,
    set_config('check_function_bodies', 'off', true) AS function_bodies,
    set_config('maintenance_work_mem', '256MB', true) AS maintenance_memory,
    set_config('parallel_setup_cost', '0', true) AS setup_cost,
    set_config('parallel_tuple_cost', '0', true) AS tuple_cost
