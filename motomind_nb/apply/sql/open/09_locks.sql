-- Purpose: whether the server's table of locks has room: a migration held 490 locks and 15 for each yearly
-- partition (measured on PostgreSQL 15 with 6, 26 and 129 partitions); a fifth is left to others.
-- Parameters: years (integer, partitions that it makes). Columns: subject, expected, found, action (text).
SELECT
    'max_locks_per_transaction' AS subject,
    format('room for %%s locks', needed.locks) AS expected,
    format('%%s in all', needed.room) AS found,
    'let an administrator raise it and start the server anew' AS action
FROM (
    SELECT
        490 + 15 * %(years)s::integer AS locks,
        current_setting('max_locks_per_transaction')::integer
        * (
            current_setting('max_connections')::integer
            + current_setting('max_prepared_transactions')::integer
        ) AS room
) AS needed
WHERE needed.locks > 0.8 * needed.room
