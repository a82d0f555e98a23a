-- The differences of one target table, counted by source, kind, column and class: all of them, with a
-- digest (a hash over the sorted hashes of the rows, the same on every server); the first rows are shown.
-- Hole: cells, the query that lists all differences. %(sample)s: rows to show for each.
-- Columns: those of cells (before and after as text), then rows (how many differ so), digest (text) and
-- place (1 for the first row shown).
WITH marked AS (
    SELECT
        cells.*,
        coalesce(cells.source, '') AS origin,
        sha256(convert_to(
            jsonb_build_array(cells.tenant_id, cells.id, cells.before, cells.after)::text, 'UTF8'
        )) AS mark
    FROM ({cells}) AS cells
),

counted AS (
    SELECT
        m.origin,
        m.kind,
        m.column_name,
        m.class,
        count(*) AS rows,
        encode(sha256(string_agg(m.mark, ''::bytea ORDER BY m.mark)), 'hex') AS digest
    FROM marked AS m
    GROUP BY m.origin, m.kind, m.column_name, m.class
),

ranked AS (
    SELECT
        m.*,
        row_number() OVER (
            PARTITION BY m.origin, m.kind, m.column_name, m.class ORDER BY m.tenant_id, m.id
        ) AS place
    FROM marked AS m
)

SELECT
    r.table_name,
    r.kind,
    r.column_name,
    r.class,
    c.rows,
    c.digest,
    r.place,
    r.source,
    r.source_id,
    r.tenant_id::text AS tenant_id,
    r.id::text AS id,
    r.before::text AS before,
    r.after::text AS after,
    r.name
FROM ranked AS r
INNER JOIN counted AS c
    ON c.origin = r.origin AND c.kind = r.kind AND c.column_name = r.column_name AND c.class = r.class
WHERE r.place <= %(sample)s
ORDER BY
    c.rows DESC, r.origin COLLATE "C", r.kind COLLATE "C", r.column_name COLLATE "C", r.class COLLATE "C", r.place
