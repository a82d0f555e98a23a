-- Purpose: write down that the migration was applied. Parameters: id, rehearsal, identity, token (text),
-- before (jsonb: what rollback must put back).
INSERT INTO audit.application (id, rehearsal, identity, token, transaction_id, operator, before)
VALUES (
    %(id)s, %(rehearsal)s, %(identity)s, %(token)s, pg_current_xact_id(), session_user, %(before)s::jsonb
)
