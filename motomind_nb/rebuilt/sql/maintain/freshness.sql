-- How fresh the timeline is. Parameters: none.
-- Columns: is_fresh (boolean), fresh_as_of (text, UTC), missing (events), message (text).
SELECT
    freshness.is_fresh,
    freshness.missing_events AS missing,
    coalesce(to_char(freshness.fresh_as_of AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI "UTC"'), 'never')
    AS fresh_as_of,
    coalesce(freshness.last_message, '') AS message
FROM private.timeline_freshness AS freshness;
