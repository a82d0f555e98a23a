-- Purpose: a column in the built-in type of its values: a domain's base, else its own.
-- Identifiers: column, carrier. Columns: one.
SELECT {column}::{carrier}
