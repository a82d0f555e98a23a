-- Purpose: every application of the migration in this database, the newest first.
-- Columns: those of audit.application.
SELECT
    application.id,
    application.rehearsal,
    application.identity,
    application.token,
    application.transaction_id::text AS transaction_id,
    application.operator,
    application.applied_at,
    application.before,
    application.rolled_back_at,
    application.retired_at,
    application.retired_by,
    application.retired_reason
FROM audit.application AS application
ORDER BY application.applied_at DESC
