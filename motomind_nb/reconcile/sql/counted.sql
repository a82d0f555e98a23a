-- The faults that a check lists, counted by what they speak of: all of them, never a part. The digest is
-- a hash over the sorted hashes of the rows, the same on every server; a few rows are examples.
-- Hole: faults, a query with the columns check, subject, expected, found, status, detail and key (what
-- names the row; NULL where it speaks of no row), all text.
-- Columns: check, subject, expected, found (NULL where the rows differ in it), status, detail, digest
-- (text, hexadecimal), rows (rows), samples (text[], three rows at most, each with what was found).
WITH marked AS (
    SELECT
        f.*,
        coalesce(f.key || ': ' || f.found, f.key) AS named,
        sha256(convert_to(jsonb_build_array(f.key, f.found)::text, 'UTF8')) AS mark
    FROM ({faults}) AS f
),

placed AS (
    SELECT
        m.*,
        row_number() OVER (
            PARTITION BY m.check, m.subject, m.expected, m.status, m.detail
            ORDER BY m.key COLLATE "C", m.found COLLATE "C"
        ) AS place
    FROM marked AS m
)

SELECT
    p.check,
    p.subject,
    p.expected,
    CASE WHEN min(p.found COLLATE "C") = max(p.found COLLATE "C") THEN min(p.found COLLATE "C") END AS found,
    p.status,
    p.detail,
    encode(sha256(string_agg(p.mark, ''::bytea ORDER BY p.mark)), 'hex') AS digest,
    count(p.key) AS rows,
    CASE
        WHEN min(p.found COLLATE "C") = max(p.found COLLATE "C")
            THEN array_agg(p.key ORDER BY p.place) FILTER (WHERE p.place <= 3)
        ELSE array_agg(p.named ORDER BY p.place) FILTER (WHERE p.place <= 3)
    END AS samples
FROM placed AS p
GROUP BY p.check, p.subject, p.expected, p.status, p.detail
ORDER BY p.check COLLATE "C", p.subject COLLATE "C", p.detail COLLATE "C"
