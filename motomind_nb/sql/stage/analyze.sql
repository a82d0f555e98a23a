-- Purpose: statistics for the queries that follow in this transaction. Identifiers: table.
ANALYZE {table}
