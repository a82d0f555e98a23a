-- Purpose: how often values, forms of text and JSON keys occur in each column, in all rows of a
-- table or in a repeatable sample of them. Forms: 9 digits, A capitals, a small letters, ? other
-- letters, runs once. Values longer than 120 characters are told apart by a fingerprint.
-- Identifiers: table. Parameters: percent (of the rows), few (values a column), texts (columns whose
-- forms are wanted), spelled (how many of a column's values, the most frequent first, are looked at
-- for their form, which costs more than all else).
-- Columns: name (text), filled, distinct_values, singles (bigint: rows, values, values seen once),
-- blank, padded (bigint: rows with nothing but blanks, with blanks around something), typical, forms,
-- keys (JSON lists of [what, rows]).
WITH cells AS MATERIALIZED (
    SELECT cell.name, cell.value
    FROM {table} AS scanned_row TABLESAMPLE bernoulli (%(percent)s) REPEATABLE (0)
    CROSS JOIN LATERAL jsonb_each(to_jsonb(scanned_row)) AS cell (name, value)
    WHERE cell.value <> 'null'
),

counted AS MATERIALIZED (
    SELECT
        cells.name,
        CASE
            WHEN length(plain.value) > 120 THEN left(plain.value, 80) || '… ' || md5(plain.value)
            ELSE plain.value
        END AS value,
        count(*) AS rows
    FROM cells
    CROSS JOIN LATERAL (SELECT cells.value #>> '{{}}' AS value) AS plain
    GROUP BY 1, 2
),

ranked AS MATERIALIZED (
    SELECT
        name,
        value,
        rows,
        row_number() OVER (PARTITION BY name ORDER BY rows DESC, value COLLATE "C") AS place
    FROM counted
),

typical AS (
    SELECT
        name,
        sum(rows) AS filled,
        count(*) AS distinct_values,
        count(*) FILTER (WHERE rows = 1) AS singles,
        sum(rows) FILTER (WHERE btrim(value) = '') AS blank,
        sum(rows) FILTER (WHERE btrim(value) NOT IN ('', value)) AS padded,
        json_agg(json_build_array(value, rows) ORDER BY place)
        FILTER (WHERE place <= %(few)s) AS typical
    FROM ranked
    GROUP BY name
),

spelled AS (
    SELECT
        ranked.name,
        form.text,
        sum(ranked.rows) AS rows,
        row_number() OVER (
            PARTITION BY ranked.name ORDER BY sum(ranked.rows) DESC, form.text COLLATE "C"
        ) AS place
    FROM ranked
    CROSS JOIN LATERAL (
        SELECT
            left(regexp_replace(regexp_replace(regexp_replace(regexp_replace(
                left(ranked.value, 80),
                '[0-9]+', '9', 'g'), '[A-Z]+', 'A', 'g'), '[a-z]+', 'a', 'g'),
                '[^ -~…]+', '?', 'g'), 24) AS text
    ) AS form
    WHERE ranked.name = ANY(%(texts)s) AND ranked.place <= %(spelled)s
    GROUP BY 1, 2
),

forms AS (
    SELECT
        name,
        json_agg(json_build_array(text, rows) ORDER BY place) AS forms
    FROM spelled
    WHERE place <= %(few)s
    GROUP BY name
),

keys AS (
    SELECT
        found.name,
        json_agg(json_build_array(found.key, found.rows) ORDER BY found.key COLLATE "C") AS keys
    FROM (
        SELECT cells.name, key.key, count(*) AS rows
        FROM cells
        CROSS JOIN LATERAL jsonb_object_keys(cells.value) AS key (key)
        WHERE jsonb_typeof(cells.value) = 'object'
        GROUP BY 1, 2
    ) AS found
    GROUP BY found.name
)

SELECT
    typical.name, typical.filled::bigint, typical.distinct_values, typical.singles,
    typical.blank::bigint, typical.padded::bigint, typical.typical, forms.forms, keys.keys
FROM typical
LEFT JOIN forms ON forms.name = typical.name
LEFT JOIN keys ON keys.name = typical.name
ORDER BY typical.name COLLATE "C"
