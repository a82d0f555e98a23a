-- Purpose: how many rows break each rule, with the first keys as samples.
-- Identifiers: judged (a query of profile/rules: key, one truth value a rule, true where it is
-- broken), broken (any of these). Columns: rule (text), rows (bigint), samples (text[], up to three).
SELECT
    cell.name AS rule,
    count(*) AS rows,
    (array_agg(found.key ORDER BY found.key COLLATE "C"))[1:3] AS samples
FROM (SELECT * FROM ({judged}) AS judged WHERE {broken}) AS found
CROSS JOIN LATERAL jsonb_each(to_jsonb(found)) AS cell (name, value)
WHERE cell.value = 'true'
GROUP BY cell.name
