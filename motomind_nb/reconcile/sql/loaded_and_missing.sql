-- How many rows of each source stand in the target, and how many stand neither there nor in quarantine.
-- Hole: held, the query of the rows with whether the target holds each.
-- Columns: source (text; none of a source without rows), loaded, missing (rows).
SELECT
    each.source,
    count(*) FILTER (WHERE each.held) AS loaded,
    count(*) FILTER (
        -- the quarantine is asked about the few rows that are not held
        WHERE NOT each.held
        AND NOT EXISTS (
            SELECT FROM audit.quarantine AS q
            WHERE q.source_table = each.source AND q.source_id = each.source_id
        )
    ) AS missing
FROM ({held}) AS each
GROUP BY each.source
