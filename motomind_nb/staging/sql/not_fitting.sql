-- Purpose: how many values of a column the catalog's type can't hold as they are.
-- Identifiers: table, column; lowest, highest, decimals (literals). Columns: rows (bigint).
SELECT count(*) AS rows
FROM {table}
WHERE
    {column}::numeric <> 'NaN'
    AND (
        {column}::numeric NOT BETWEEN {lowest} AND {highest}
        OR {column}::numeric <> round({column}::numeric, {decimals})
    )
