-- Purpose: a column of a built-in type as its text, for a fingerprint.
-- Identifiers: column, carrier. Columns: text.
SELECT ({column}::{carrier}::text COLLATE "C")
