-- Purpose: a column of any type as the text that its output function writes, for a fingerprint.
-- A cast is avoided: its owner may have made it. (IS NULL is also true of a row of NULLs.)
-- Identifiers: column. Columns: text.
SELECT (CASE WHEN num_nulls({column}) = 0 THEN concat({column}) END COLLATE "C")
