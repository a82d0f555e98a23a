-- Purpose: how many rows break each rule, with the first keys as samples.
-- Holes: judged (a query of load/rules: key and a column for each rule, NULL where it is kept), shown
-- (the rules that are counted). Columns: rule (text), rows (bigint), samples (text[], up to three).
SELECT
    cell.name AS rule,
    count(*) AS rows,
    (array_agg(found.key ORDER BY found.key COLLATE "C"))[1:3] AS samples
FROM (
    SELECT judged.key, {shown}
    FROM ({judged}) AS judged
    -- IS NOT NULL would be planned as if nearly every row broke a rule
    WHERE num_nonnulls(coalesce({shown})) = 1
) AS found
CROSS JOIN LATERAL jsonb_each_text(to_jsonb(found) - 'key') AS cell (name, why)
WHERE cell.why IS NOT NULL
GROUP BY cell.name
