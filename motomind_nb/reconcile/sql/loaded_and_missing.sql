-- How many rows of each source stand in the target, and how many stand neither there nor in quarantine.
-- Hole: held, the query of the rows with whether the target holds each.
-- Columns: source (text; none of a source without rows), loaded, missing (rows).
SELECT
    each.source,
    count(*) FILTER (WHERE each.held) AS loaded,
    count(*) FILTER (WHERE NOT each.held AND refused.source_id IS NULL) AS missing
FROM ({held}) AS each
LEFT JOIN (
    SELECT DISTINCT q.source_table, q.source_id FROM audit.quarantine AS q
) AS refused ON refused.source_table = each.source AND refused.source_id = each.source_id
GROUP BY each.source
