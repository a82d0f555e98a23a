-- Creates the partitions that are missing up to two years ahead, and completes all of them.
-- Parameters: today (date, NULL = the current date). Columns: created (integer).
SELECT private.keep_partitions_ahead(coalesce(%(today)s::date, current_date)) AS created;
