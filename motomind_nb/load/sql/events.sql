-- Writes the events of one source and, in the same statement, where each came from; returns what the
-- projection gave: no trigger, type or rule stands between it and the bare table. Each row's mark is
-- that of row_mark. Holes: columns, in the order of the projection; projection, the SELECT; mark, of
-- a row. %(source)s: source table. Columns: rows; total (numeric, no unit).
WITH loaded AS (
    INSERT INTO {target}.vehicle_events ({columns}) {projection}
    RETURNING (legacy_row ->> 'id')::uuid AS source_id, tenant_id, id, date, {mark} AS mark
),

kept AS (
    INSERT INTO private.event_source (source_table, source_id, tenant_id, event_id, event_date)
    SELECT %(source)s, loaded.source_id, loaded.tenant_id, loaded.id, loaded.date
    FROM loaded
)

SELECT
    count(*) AS rows,
    coalesce(sum(loaded.mark), 0) AS total
FROM loaded
