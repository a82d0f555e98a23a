-- The rows of a derived relation beside those of a query of its own: missing, extra (a repeated row
-- too) or altered, counted over the whole set. Values count to the last bit.
-- Holes: expected, held (two queries with the same columns), keys (what joins them), id (the first).
-- Columns: kind (text), rows (rows), digest (text, over all of them), samples (text[], five ids at most,
-- with the columns that differ).
WITH fault AS (
    SELECT
        {id} AS id,
        CASE
            WHEN expected.{id} IS NULL THEN 'extra'
            WHEN held.{id} IS NULL THEN 'missing'
            ELSE 'altered'
        END AS kind,
        expected,
        held
    FROM ({expected}) AS expected
    FULL JOIN ({held}) AS held USING ({keys})
    WHERE expected.{id} IS NULL OR held.{id} IS NULL OR record_image_ne(expected, held)
    UNION ALL
    SELECT
        {id} AS id,
        'extra' AS kind,
        NULL AS expected,
        NULL AS held
    FROM ({held}) AS held
    GROUP BY {keys}
    HAVING count(*) > 1
),

placed AS (
    SELECT
        fault.*,
        sha256(convert_to(
            jsonb_build_array(fault.id, to_jsonb(fault.expected), to_jsonb(fault.held))::text, 'UTF8'
        )) AS mark,
        row_number() OVER (PARTITION BY fault.kind ORDER BY fault.id) AS place
    FROM fault
)

SELECT
    placed.kind,
    count(*) AS rows,
    encode(sha256(string_agg(placed.mark, ''::bytea ORDER BY placed.mark)), 'hex') AS digest,
    array_agg(
        coalesce(placed.id::text, 'NULL') || coalesce(' (' || differing.columns || ')', '')
        ORDER BY placed.place
    ) FILTER (WHERE placed.place <= 5) AS samples
FROM placed
LEFT JOIN LATERAL (
    SELECT string_agg(wanted.key, ', ' ORDER BY wanted.key) AS columns
    FROM jsonb_each_text(to_jsonb(placed.expected)) AS wanted
    INNER JOIN jsonb_each_text(to_jsonb(placed.held)) AS found ON wanted.key = found.key
    WHERE wanted.value IS DISTINCT FROM found.value
) AS differing ON placed.place <= 5 AND placed.kind = 'altered'
GROUP BY placed.kind
ORDER BY placed.kind
