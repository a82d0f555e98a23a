-- Every difference between what the projections say and what a target table holds, one row for each
-- differing value, or one for a row that is missing, extra or moved to another tenant. One full
-- join; what is equal to the last byte goes no further. Only then is each value classified.
-- Holes: expected and loaded, the two sides; table_name, the target table as text; naming, its
-- columns that name a row to a person (text array).
-- Columns: table_name, kind (missing, extra, moved, changed), source (text, NULL for an extra row),
-- tenant_id, id (uuid), source_id (text), column_name (payload keys as payload.key), class (scale, for
-- an equal number written with other zeros; rounding,
-- zone, case, trim, null-or-empty, order, key lost, key added, real), before, after (jsonb), name (text,
-- what a person calls the row).
SELECT
    {table_name}::text AS table_name,
    CASE
        WHEN told.moved THEN 'moved'
        ELSE told.kind
    END AS kind,
    told.source,
    told.tenant_id,
    told.id,
    told.source_id,
    CASE WHEN told.moved THEN 'tenant_id' ELSE told.column_name END AS column_name,
    CASE
        WHEN told.kind <> 'changed' THEN CASE WHEN told.moved THEN 'real' ELSE '' END
        WHEN told.before IS NULL THEN 'key added'
        WHEN told.after IS NULL THEN 'key lost'
        WHEN told.types IN ('null string', 'string null') AND coalesce(told.old, '') = coalesce(told.new, '')
            THEN 'null-or-empty'
        WHEN told.types = 'number number' THEN
            CASE
                WHEN told.old::numeric = told.new::numeric THEN 'scale'
                WHEN mod(told.old::numeric, 1) = 0 AND mod(told.new::numeric, 1) = 0
                    THEN 'real'
                WHEN told.new::numeric IN (
                    round(told.old::numeric, scale(trim_scale(told.new::numeric))),
                    trunc(told.old::numeric, scale(trim_scale(told.new::numeric)))
                ) OR round(told.new::numeric, scale(trim_scale(told.old::numeric))) = told.old::numeric
                    THEN 'rounding'
                ELSE 'real'
            END
        WHEN told.types = 'array array' AND told.before @> told.after AND told.after @> told.before
            AND jsonb_array_length(told.before) = jsonb_array_length(told.after)
            THEN 'order'
        WHEN told.types = 'string string' THEN
            CASE
                WHEN btrim(told.old, E' \t\r\n') = btrim(told.new, E' \t\r\n') THEN 'trim'
                WHEN lower(told.old) = lower(told.new) THEN 'case'
                WHEN told.old ~ '^\d{{4}}-\d\d-\d\dT[\d:.]+\+00:00$' AND told.new ~ '^\d{{4}}-\d\d-\d\dT[\d:.]+\+00:00$'
                    THEN CASE
                        WHEN abs(extract(EPOCH FROM told.old::timestamptz - told.new::timestamptz)) <= 50400
                            AND mod(extract(EPOCH FROM told.old::timestamptz - told.new::timestamptz), 900) = 0
                            THEN 'zone'
                        ELSE 'real'
                    END
                WHEN told.column_name = 'local_time' AND told.old ~ '^\d\d:\d\d' AND told.new ~ '^\d\d:\d\d'
                    THEN CASE
                        WHEN mod(extract(EPOCH FROM told.old::time - told.new::time), 1800) = 0 THEN 'zone'
                        ELSE 'real'
                    END
                ELSE 'real'
            END
        ELSE 'real'
    END AS class,
    told.before,
    CASE WHEN told.moved THEN told.other_tenant ELSE told.after END AS after,
    told.name
FROM (
    SELECT
        cell.*,
        jsonb_typeof(cell.before) || ' ' || jsonb_typeof(cell.after) AS types,
        cell.before #>> '{{}}' AS old,
        cell.after #>> '{{}}' AS new,
        -- a row that is missing under one tenant and extra under another has moved
        bool_or(cell.kind = 'missing') OVER alike AND bool_or(cell.kind = 'extra') OVER alike AS moved,
        first_value(cell.after) OVER (
            PARTITION BY pair.id, cell.kind = 'changed' ORDER BY cell.kind COLLATE "C"
        ) AS other_tenant,
        pair.source,
        pair.tenant_id,
        pair.id,
        coalesce(pair.before #>> '{{legacy_row,id}}', pair.id::text) AS source_id,
        (
            SELECT string_agg(coalesce(pair.before, pair.after) ->> part.name, ' ' ORDER BY part.place)
            FROM unnest({naming}::text[]) WITH ORDINALITY AS part (name, place)
        ) AS name
    FROM (
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
    ) AS pair
    CROSS JOIN LATERAL (
        SELECT
            CASE WHEN pair.before IS NULL THEN 'extra' ELSE 'missing' END AS kind,
            '' AS column_name,
            CASE WHEN pair.before IS NOT NULL THEN to_jsonb(pair.tenant_id) END AS before,
            CASE WHEN pair.after IS NOT NULL THEN to_jsonb(pair.tenant_id) END AS after
        WHERE pair.before IS NULL OR pair.after IS NULL
        UNION ALL
        SELECT
            'changed',
            top.key || coalesce('.' || inner_key.key, ''),
            CASE WHEN inner_key.key IS NULL THEN top.before ELSE inner_key.before END,
            CASE WHEN inner_key.key IS NULL THEN top.after ELSE inner_key.after END
        FROM (
            SELECT
                old.key,
                old.value AS before,
                new.value AS after,
                jsonb_typeof(old.value) = 'object' AND jsonb_typeof(new.value) = 'object' AS deep
            FROM jsonb_each(pair.before) AS old
            INNER JOIN jsonb_each(pair.after) AS new ON new.key = old.key
            WHERE old.value::text IS DISTINCT FROM new.value::text
        ) AS top
        LEFT JOIN LATERAL (
            SELECT
                coalesce(old.key, new.key) AS key,
                old.value AS before,
                new.value AS after
            FROM jsonb_each(CASE WHEN top.deep THEN top.before END) AS old
            FULL JOIN jsonb_each(CASE WHEN top.deep THEN top.after END) AS new ON new.key = old.key
            WHERE old.value::text IS DISTINCT FROM new.value::text
        ) AS inner_key ON true
        WHERE pair.before IS NOT NULL AND pair.after IS NOT NULL
    ) AS cell
    WINDOW alike AS (PARTITION BY pair.id, cell.kind = 'changed')
) AS told
-- of the two halves of a moved row the missing one speaks
WHERE (told.kind = 'extra' AND told.moved) IS NOT TRUE
