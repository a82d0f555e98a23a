-- Purpose: the definition of a materialized view; its rows are in the backup.
-- Identifiers: view; options, query (SQL text).
CREATE MATERIALIZED VIEW {view} {options} AS {query}
WITH NO DATA
