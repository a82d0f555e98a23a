-- The values that differ between rows of both sides with one key, counted for each column, with the
-- first ones. Holes: old and new, both sides (see listed); %(sample)s: how many rows to show.
-- Columns: place (of the column, from 1), excused (whether they may differ), rows (how many differ so),
-- key, before, after (text).
SELECT
    ranked.place,
    ranked.excused,
    ranked.rows,
    ranked.key,
    ranked.before #>> '{{}}' AS before,
    ranked.after #>> '{{}}' AS after
FROM (
    SELECT
        cell.place,
        cell.excused IS TRUE AS excused,
        cell.before,
        cell.after,
        CASE WHEN old.first = old.last THEN old.first::text ELSE old.first::text || '/' || old.last::text END AS key,
        count(*) OVER (PARTITION BY cell.place, cell.excused IS TRUE) AS rows,
        row_number() OVER (PARTITION BY cell.place, cell.excused IS TRUE ORDER BY old.first, old.last) AS rank
    FROM ({old}) AS old
    INNER JOIN ({new}) AS new ON new.first = old.first AND new.last = old.last
    CROSS JOIN LATERAL unnest(old.cells, new.cells, old.excused) WITH ORDINALITY
    AS cell (before, after, excused, place)
    WHERE cell.before IS DISTINCT FROM cell.after
) AS ranked
WHERE ranked.rank <= %(sample)s
ORDER BY ranked.place, ranked.excused, ranked.rank
