-- Every difference between what the projections say and what a target table holds, one row for each
-- differing value, or one for a row that is missing, extra or moved to another tenant. One full
-- join; what is equal to the last byte goes no further. Only then is each value classified.
-- Holes: expected and loaded, the two sides; table_name, the target table as text.
-- Columns: table_name, kind (missing, extra, moved, changed), source (text, NULL for an extra row),
-- tenant_id, id (uuid), source_id (text), column_name (payload keys as payload.key), class (rounding,
-- zone, case, trim, null-or-empty, order, key lost, key added, real), before, after (jsonb).
WITH pair AS MATERIALIZED (
    SELECT
        expected.source,
        coalesce(expected.key_one, loaded.key_one) AS tenant_id,
        coalesce(expected.key_two, loaded.key_two) AS id,
        to_jsonb(expected.whole) AS before,
        to_jsonb(loaded.whole) AS after
    FROM ({expected}) AS expected
    FULL JOIN ({loaded}) AS loaded
        ON expected.key_one = loaded.key_one AND expected.key_two = loaded.key_two
    WHERE expected.key_two IS NULL OR loaded.key_two IS NULL OR expected.whole *<> loaded.whole
),

lone AS (
    SELECT
        {table_name}::text AS table_name,
        CASE
            WHEN count(pair.before) > 0 AND count(pair.after) > 0 THEN 'moved'
            WHEN count(pair.before) > 0 THEN 'missing'
            ELSE 'extra'
        END AS kind,
        max(pair.source) AS source,
        (array_agg(pair.tenant_id ORDER BY pair.before IS NULL))[1] AS tenant_id,
        pair.id,
        coalesce(max(pair.before #>> '{{legacy_row,id}}'), pair.id::text) AS source_id,
        (array_agg(to_jsonb(pair.tenant_id)) FILTER (WHERE pair.before IS NOT NULL))[1] AS before,
        (array_agg(to_jsonb(pair.tenant_id)) FILTER (WHERE pair.after IS NOT NULL))[1] AS after
    FROM pair
    WHERE pair.before IS NULL OR pair.after IS NULL
    GROUP BY pair.id
),

top AS (
    SELECT
        pair.source,
        pair.tenant_id,
        pair.id,
        coalesce(pair.before #>> '{{legacy_row,id}}', pair.id::text) AS source_id,
        old.key AS column_name,
        old.value AS before,
        new.value AS after
    FROM pair
    CROSS JOIN LATERAL jsonb_each(pair.before) AS old
    INNER JOIN LATERAL jsonb_each(pair.after) AS new ON new.key = old.key
    WHERE pair.before IS NOT NULL AND pair.after IS NOT NULL AND old.value::text IS DISTINCT FROM new.value::text
),

cell AS (
    SELECT top.* FROM top
    WHERE (jsonb_typeof(top.before) = 'object' AND jsonb_typeof(top.after) = 'object') IS NOT TRUE
    UNION ALL
    SELECT
        top.source,
        top.tenant_id,
        top.id,
        top.source_id,
        top.column_name || '.' || inner_key.key,
        inner_key.before,
        inner_key.after
    FROM top
    CROSS JOIN LATERAL (
        SELECT
            coalesce(old.key, new.key) AS key,
            old.value AS before,
            new.value AS after
        FROM jsonb_each(CASE WHEN jsonb_typeof(top.before) = 'object' THEN top.before END) AS old
        FULL JOIN jsonb_each(CASE WHEN jsonb_typeof(top.after) = 'object' THEN top.after END) AS new
            ON new.key = old.key
        WHERE old.value::text IS DISTINCT FROM new.value::text
    ) AS inner_key
    WHERE jsonb_typeof(top.before) = 'object' AND jsonb_typeof(top.after) = 'object'
),

text AS (
    SELECT
        cell.*,
        jsonb_typeof(cell.before) || ' ' || jsonb_typeof(cell.after) AS types,
        cell.before #>> '{{}}' AS old,
        cell.after #>> '{{}}' AS new
    FROM cell
)

SELECT
    lone.table_name,
    lone.kind,
    lone.source,
    lone.tenant_id,
    lone.id,
    lone.source_id,
    CASE WHEN lone.kind = 'moved' THEN 'tenant_id' ELSE '' END AS column_name,
    CASE WHEN lone.kind = 'moved' THEN 'real' ELSE '' END AS class,
    lone.before,
    lone.after
FROM lone
UNION ALL
SELECT
    {table_name}::text,
    'changed',
    text.source,
    text.tenant_id,
    text.id,
    text.source_id,
    text.column_name,
    CASE
        WHEN text.before IS NULL THEN 'key added'
        WHEN text.after IS NULL THEN 'key lost'
        WHEN text.types IN ('null string', 'string null') AND coalesce(text.old, '') = coalesce(text.new, '')
            THEN 'null-or-empty'
        WHEN text.types = 'number number' THEN
            CASE
                WHEN text.new::numeric IN (
                    round(text.old::numeric, scale(trim_scale(text.new::numeric))),
                    trunc(text.old::numeric, scale(trim_scale(text.new::numeric)))
                ) OR round(text.new::numeric, scale(trim_scale(text.old::numeric))) = text.old::numeric
                    THEN CASE
                        WHEN mod(text.old::numeric, 1) = 0 AND mod(text.new::numeric, 1) = 0
                            AND text.old::numeric <> text.new::numeric
                            THEN 'real'
                        ELSE 'rounding'
                    END
                ELSE 'real'
            END
        WHEN text.types = 'array array' AND text.before @> text.after AND text.after @> text.before
            AND jsonb_array_length(text.before) = jsonb_array_length(text.after)
            THEN 'order'
        WHEN text.types = 'string string' THEN
            CASE
                WHEN btrim(text.old, E' \t\r\n') = btrim(text.new, E' \t\r\n') THEN 'trim'
                WHEN lower(text.old) = lower(text.new) THEN 'case'
                WHEN text.old ~ '^\d{{4}}-\d\d-\d\dT[\d:.]+\+00:00$' AND text.new ~ '^\d{{4}}-\d\d-\d\dT[\d:.]+\+00:00$'
                    THEN CASE
                        WHEN abs(extract(EPOCH FROM text.old::timestamptz - text.new::timestamptz)) <= 50400
                            AND mod(extract(EPOCH FROM text.old::timestamptz - text.new::timestamptz), 900) = 0
                            THEN 'zone'
                        ELSE 'real'
                    END
                WHEN text.column_name = 'local_time' AND text.old ~ '^\d\d:\d\d' AND text.new ~ '^\d\d:\d\d'
                    THEN CASE
                        WHEN mod(extract(EPOCH FROM text.old::time - text.new::time), 1800) = 0 THEN 'zone'
                        ELSE 'real'
                    END
                ELSE 'real'
            END
        ELSE 'real'
    END,
    text.before,
    text.after
FROM text
