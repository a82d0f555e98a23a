-- Erases a tenant in public, private, legacy and audit, and logs it.
-- Parameters: tenant (uuid), operator, reason (text). Columns: counts (jsonb, rows by relation).
SELECT private.erase_tenant(%(tenant)s, %(operator)s, %(reason)s) AS counts;
