-- Rows of one source that a rule of the target refuses go to audit.quarantine, complete, each for the
-- first rule that it breaks. %(source)s: the name of the source.
-- Holes: table, the source; same, whether a row staged is the row refused; judged, a query of
-- load/rules; refusals, its rules that refuse a row, in the order in which they are asked.
INSERT INTO audit.quarantine (source_table, source_id, tenant_id, rule, reason, source_row)
SELECT
    %(source)s,
    refused.key,
    refused.tenant_id,
    said.parts[1],
    said.parts[2],
    to_jsonb(staged.*)
FROM (
    SELECT
        judged.key,
        judged.tenant_id,
        coalesce({refusals}) AS why
    FROM ({judged}) AS judged
) AS refused
INNER JOIN {table} AS staged ON {same}
CROSS JOIN LATERAL (SELECT regexp_match(refused.why, '^(.*?): (.*)$') AS parts) AS said
-- IS NOT NULL would be planned as if nearly every row were refused
WHERE num_nonnulls(refused.why) = 1
