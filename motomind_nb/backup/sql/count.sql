-- Purpose: how many rows a relation holds. Identifiers: relation. Columns: rows (bigint).
SELECT count(*) AS rows FROM {relation}
