-- Purpose: how many rows break each rule, with the first keys as samples.
-- Identifiers: broken (a query of profile/rules with the columns key and rule).
-- Columns: rule (text), rows (bigint), samples (text[], up to three keys).
SELECT
    found.rule,
    count(*) AS rows,
    (array_agg(found.key ORDER BY found.key COLLATE "C"))[1:3] AS samples
FROM ({broken}) AS found
WHERE found.rule IS NOT NULL
GROUP BY found.rule
