-- Memberships that stand in the target. No parameters. Column: rows.
SELECT count(*) AS rows
FROM {source}.memberships AS s
WHERE EXISTS (
    SELECT FROM private.memberships AS t WHERE t.tenant_id = s.tenant_id AND t.user_id = s.user_id
)
