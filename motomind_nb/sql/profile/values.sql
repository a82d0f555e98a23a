-- Purpose: how often values, forms of text and JSON keys occur in each column, in all rows of a
-- table or in a repeatable sample of them. Forms: 9 digits, A capitals, a small letters, ? other
-- letters, runs once. Values longer than 120 characters are told apart by a fingerprint.
-- Identifiers: table. Parameters: percent (of the rows), few (values a column), texts (columns whose
-- forms are wanted).
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

typical AS (
    SELECT
        ranked.name,
        sum(ranked.rows) AS filled,
        count(*) AS distinct_values,
        count(*) FILTER (WHERE ranked.rows = 1) AS singles,
        sum(ranked.rows) FILTER (WHERE btrim(ranked.value) = '') AS blank,
        sum(ranked.rows) FILTER (
            WHERE btrim(ranked.value) NOT IN ('', ranked.value)
        ) AS padded,
        json_agg(json_build_array(ranked.value, ranked.rows) ORDER BY ranked.place)
        FILTER (WHERE ranked.place <= %(few)s) AS typical
    FROM (
        SELECT
            *, row_number() OVER (PARTITION BY name ORDER BY rows DESC, value COLLATE "C") AS place
        FROM counted
    ) AS ranked
    GROUP BY ranked.name
),

forms AS (
    SELECT
        ranked.name,
        json_agg(json_build_array(ranked.form, ranked.rows) ORDER BY ranked.place) AS forms
    FROM (
        SELECT
            counted.name,
            form.text AS form,
            sum(counted.rows) AS rows,
            row_number() OVER (
                PARTITION BY counted.name ORDER BY sum(counted.rows) DESC, form.text COLLATE "C"
            ) AS place
        FROM counted
        CROSS JOIN LATERAL (
            SELECT
                left(regexp_replace(regexp_replace(regexp_replace(regexp_replace(
                    left(counted.value, 80),
                    '[0-9]+', '9', 'g'), '[A-Z]+', 'A', 'g'), '[a-z]+', 'a', 'g'),
                    '[^ -~…]+', '?', 'g'), 24) AS text
        ) AS form
        WHERE counted.name = ANY(%(texts)s)
        GROUP BY 1, 2
    ) AS ranked
    WHERE ranked.place <= %(few)s
    GROUP BY ranked.name
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
