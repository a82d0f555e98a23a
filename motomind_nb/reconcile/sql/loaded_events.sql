-- Rows of an event source that stand in the target as events of their own. Hole: source, the table;
-- %(source)s: its name. Column: rows.
SELECT count(*) AS rows
FROM {staged} AS s
INNER JOIN private.event_source AS l ON l.source_table = %(source)s AND l.source_id = s.id
WHERE EXISTS (
    SELECT FROM {target}.vehicle_events AS e WHERE e.id = l.event_id AND e.date = l.event_date
)
