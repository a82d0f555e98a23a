-- Purpose: let nobody empty or rewrite a table until the transaction ends. A snapshot alone does not:
-- to one that is older than a TRUNCATE or an ALTER TABLE ... TYPE the table has no rows.
-- Everybody may still read and write; SELECT is right enough. Identifiers: tables (a list).
LOCK TABLE {tables} IN ACCESS SHARE MODE
