-- Purpose: how often values, forms of text and JSON keys occur in each column, in all rows of a
-- table or in a repeatable sample of them. Forms: 9 digits, A capitals, a small letters, ? other
-- letters, runs once. Values longer than 120 characters are told apart by a fingerprint, eight
-- digits of which follow what is shown of them.
-- Identifiers: table; cells (profile/parts/cell of each column). Parameters: blocks (per cent of the
-- table's blocks that are read), rows (per cent of the rows of these that are taken), few (values a
-- column), texts, documents (numbers of the columns whose forms and whose JSON keys are wanted),
-- spelled (in how many of 256 rows a value is looked at for its form, which costs more than all
-- else), many (JSON keys a column, the most frequent).
-- Columns: number (int, the column's), filled, distinct_values, singles (bigint: rows, values, values
-- seen once), looked (bigint: rows whose form was looked at), blank, padded (bigint: rows with nothing
-- but blanks, with blanks around something), typical, forms, keys (JSON lists of [what, rows]; of
-- forms the rows are looked ones), all_keys (bigint).
WITH cells AS MATERIALIZED (
    SELECT
        cell.number,
        cell.value,
        ((hashtid(scanned_row.ctid) >> 16) & 255) < %(spelled)s AS looked
    FROM {table} AS scanned_row TABLESAMPLE system (%(blocks)s) REPEATABLE (0)
    CROSS JOIN LATERAL (VALUES {cells}) AS cell (number, value)
    WHERE
        (hashtid(scanned_row.ctid) & 65535) < %(rows)s * 655.36
        AND cell.value IS NOT NULL
),

counted AS MATERIALIZED (
    SELECT
        number,
        CASE
            WHEN length(value) > 120 THEN left(value, 300) || '… ' || left(md5(value), 8)
            ELSE value
        END AS value,
        count(*) AS rows,
        count(*) FILTER (WHERE looked) AS looked
    FROM cells
    GROUP BY 1, 2
),

ranked AS MATERIALIZED (
    SELECT
        number,
        value,
        rows,
        looked,
        row_number() OVER (PARTITION BY number ORDER BY rows DESC, value COLLATE "C") AS place
    FROM counted
),

typical AS (
    SELECT
        number,
        sum(rows) AS filled,
        sum(looked) AS looked,
        count(*) AS distinct_values,
        count(*) FILTER (WHERE rows = 1) AS singles,
        sum(rows) FILTER (WHERE btrim(value) = '') AS blank,
        sum(rows) FILTER (WHERE btrim(value) NOT IN ('', value)) AS padded,
        json_agg(json_build_array(value, rows) ORDER BY place)
        FILTER (WHERE place <= %(few)s) AS typical
    FROM ranked
    GROUP BY number
),

spelled AS (
    SELECT
        ranked.number,
        form.text,
        sum(ranked.looked) AS rows,
        row_number() OVER (
            PARTITION BY ranked.number ORDER BY sum(ranked.looked) DESC, form.text COLLATE "C"
        ) AS place
    FROM ranked
    CROSS JOIN LATERAL (
        SELECT
            left(regexp_replace(regexp_replace(regexp_replace(regexp_replace(
                left(ranked.value, 80),
                '[0-9]+', '9', 'g'), '[A-Z]+', 'A', 'g'), '[a-z]+', 'a', 'g'),
                '[^ -~…]+', '?', 'g'), 24) AS text
    ) AS form
    WHERE ranked.number = ANY(%(texts)s) AND ranked.looked > 0
    GROUP BY 1, 2
),

forms AS (
    SELECT
        number,
        json_agg(json_build_array(text, rows) ORDER BY place) AS forms
    FROM spelled
    WHERE place <= %(few)s
    GROUP BY number
),

keys AS (
    SELECT
        found.number,
        max(found.of_column) AS all_keys,
        json_agg(json_build_array(found.key, found.rows) ORDER BY found.key COLLATE "C")
        FILTER (WHERE found.place <= %(many)s) AS keys
    FROM (
        SELECT
            cells.number,
            left(key.key, 120) AS key,
            count(*) AS rows,
            count(*) OVER (PARTITION BY cells.number) AS of_column,
            row_number() OVER (
                PARTITION BY cells.number ORDER BY count(*) DESC, left(key.key, 120) COLLATE "C"
            ) AS place
        FROM cells
        CROSS JOIN LATERAL jsonb_object_keys(cells.value::jsonb) AS key (key)
        WHERE
            CASE WHEN cells.number = ANY(%(documents)s) THEN jsonb_typeof(cells.value::jsonb) END
            = 'object'
        GROUP BY 1, 2
    ) AS found
    GROUP BY found.number
)

SELECT
    typical.number, typical.filled::bigint, typical.distinct_values, typical.singles,
    typical.looked::bigint, typical.blank::bigint, typical.padded::bigint, typical.typical, forms.forms, keys.keys, keys.all_keys
FROM typical
LEFT JOIN forms ON forms.number = typical.number
LEFT JOIN keys ON keys.number = typical.number
ORDER BY typical.number
