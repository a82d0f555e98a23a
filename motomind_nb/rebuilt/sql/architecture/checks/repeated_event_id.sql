-- Event ids that several events carry, on different dates: all of them in one line, three as examples.
-- The hash over their sorted hashes changes with each of them. Parameters: none.
-- Columns: subject, expected, found, detail (text).
SELECT
    'vehicle_events' AS subject,
    'no id of several events' AS expected,
    count(*) || CASE count(*) WHEN 1 THEN ' id' ELSE ' ids' END || ' of ' || sum(repeated.events)
    || ' events, sha256 ' || encode(
        sha256(string_agg(sha256(convert_to(repeated.id::text, 'UTF8')), ''::bytea ORDER BY repeated.id)), 'hex'
    ) AS found,
    'the key of an event is its id and date; for example '
    || array_to_string((array_agg(repeated.id::text ORDER BY repeated.id))[1:3], ', ') AS detail
FROM private.repeated_event_id AS repeated
HAVING count(*) > 0
