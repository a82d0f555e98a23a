-- The staged rows of one table that are not in quarantine: what the projections load.
-- Holes: columns, of ``staged``; table, name (of the table, a literal), key (of a row, as the quarantine
-- writes it).
SELECT {columns}
FROM {table} AS staged
WHERE NOT EXISTS (
    SELECT FROM audit.quarantine AS held
    WHERE held.source_table = {name} AND held.source_id = {key}
)
