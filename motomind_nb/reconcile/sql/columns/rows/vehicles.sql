-- The vehicles that must be in the target, each with the latest name that the naming backup knows.
-- Hole: rows, the staged vehicles that are not in quarantine.
-- Columns: those of the table, then whole_row (jsonb), backup_name (text, NULL where none is known).
WITH spoken AS (
    SELECT
        kept.id,
        kept.backup_created_at,
        (
            SELECT choice.name
            FROM unnest(ARRAY[kept.nickname, kept.label, kept.display_name]) WITH ORDINALITY AS choice (name, place)
            WHERE trim(choice.name) <> ''
            ORDER BY choice.place
            LIMIT 1
        ) AS name
    FROM {source}.vehicles_naming_backup AS kept
),

latest AS (
    SELECT
        spoken.id,
        (array_agg(spoken.name ORDER BY spoken.backup_created_at DESC NULLS LAST, spoken.name COLLATE "C"))[1] AS name
    FROM spoken
    WHERE spoken.name IS NOT NULL
    GROUP BY spoken.id
)

SELECT
    staged.*,
    to_jsonb(staged.*) AS whole_row,
    latest.name AS backup_name
FROM ({rows}) AS staged
LEFT JOIN latest ON latest.id = staged.id
-- each row is put together once, not anew for each of its values
OFFSET 0
