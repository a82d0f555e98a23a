-- How many rows of a source stand in the target, and how many stand neither there nor in quarantine.
-- Holes: held, the query of the rows with whether the target holds each; name, the source as text.
-- Columns: loaded, missing (rows).
SELECT
    count(*) FILTER (WHERE each.held) AS loaded,
    count(*) FILTER (WHERE NOT each.held AND refused.source_id IS NULL) AS missing
FROM ({held}) AS each
LEFT JOIN (
    SELECT DISTINCT q.source_id FROM audit.quarantine AS q
    WHERE q.source_table = {name}
) AS refused ON refused.source_id = each.source_id
