-- Purpose: one apply, rollback or retire at a time in a database. The lock ends with the transaction.
-- Columns: boolean, whether this transaction has it.
SELECT pg_try_advisory_xact_lock(hashtext('motomind apply'), 0)
