-- Purpose: how far the values of one column exist in another table. A part of profile/scan: the
-- counts range over that query's rows. Identifiers: column, parent, parent_column.
-- Columns: a JSON array of filled (rows), orphans (rows).
SELECT json_build_array(
    count({column}),
    count({column}) FILTER (
        WHERE NOT EXISTS (SELECT FROM {parent} AS parent WHERE parent.{parent_column} = {column})
    )
)
