-- Purpose: how large the database is, indexes and all. Parameters: none. Columns: size (bytes).
SELECT pg_database_size(current_database()) AS size
