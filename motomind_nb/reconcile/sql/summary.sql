-- The differences of one target table, counted by kind, column and class, each with its first rows.
-- Hole: cells, the query that lists all differences. %(sample)s: rows to show for each.
-- Columns: those of cells (before and after as text), then rows (how many differ so) and place (1 for the first row shown).
SELECT
    ranked.table_name,
    ranked.kind,
    ranked.column_name,
    ranked.class,
    ranked.rows,
    ranked.place,
    ranked.source,
    ranked.source_id,
    ranked.tenant_id::text AS tenant_id,
    ranked.id::text AS id,
    ranked.before::text AS before,
    ranked.after::text AS after
FROM (
    SELECT
        cells.*,
        count(*) OVER like_it AS rows,
        row_number() OVER (
            PARTITION BY cells.kind, cells.column_name, cells.class ORDER BY cells.tenant_id, cells.id
        ) AS place
    FROM ({cells}) AS cells
    WINDOW like_it AS (PARTITION BY cells.kind, cells.column_name, cells.class)
) AS ranked
WHERE ranked.place <= %(sample)s
ORDER BY ranked.rows DESC, ranked.kind COLLATE "C", ranked.column_name COLLATE "C", ranked.class COLLATE "C", ranked.place
