-- Purpose: a column as its text, for a fingerprint. Identifiers: column. Columns: text.
SELECT ({column}::text COLLATE "C")
