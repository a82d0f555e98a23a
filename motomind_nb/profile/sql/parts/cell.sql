-- Purpose: one column's value as a line of its own. A part of profile/values.
-- Identifiers: number (a literal, the column's), column. Columns: number, value (text).
SELECT ({number}, {column}::text)
