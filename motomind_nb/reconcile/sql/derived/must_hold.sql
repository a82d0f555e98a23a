-- What private.timeline must hold and what of it the feed must show, as numbers and sums of the rows'
-- marks (see load/row_mark): one pass over the events for both. A mark in the feed is that of the
-- timeline's row, with the vehicle's name. Holes: expected, the query of the timeline's rows; visible,
-- the query of visible vehicles; mark, of a row. Parameters: none.
-- Columns: rows, shown (rows); total, shown_total (numeric, no unit).
SELECT
    count(*) AS rows,
    count(*) FILTER (WHERE marked.shown) AS shown,
    coalesce(sum(marked.mark), 0) AS total,
    coalesce(
        sum(hash_record_extended(row(record_send(row(marked.vehicle_name))), marked.mark))
        FILTER (WHERE marked.shown),
        0
    ) AS shown_total
FROM (
    SELECT
        {mark} AS mark,
        visible.nickname AS vehicle_name,
        coalesce(visible.shown, false) AS shown
    FROM ({expected}) AS held
    LEFT JOIN ({visible}) AS visible ON held.tenant_id = visible.tenant_id AND held.vehicle_id = visible.id
    -- each mark is made once, for both sums
    OFFSET 0
) AS marked
