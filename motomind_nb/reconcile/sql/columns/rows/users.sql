-- The users that must be in the target, each with the tenant that their memberships give: the first
-- by role, then by time, among tenants that were not refused; without any the source's only tenant.
-- Holes: rows, the staged users that are not in quarantine; tenants, the same of the tenants.
-- Columns: those of the table, then whole_row (jsonb), home_tenant (uuid).
SELECT
    staged.*,
    to_jsonb(staged.*) AS whole_row,
    coalesce(belongs.tenant_id, (
        SELECT kept.id
        FROM ({tenants}) AS kept
        WHERE (SELECT count(*) FROM {source}.tenants) = 1
    )) AS home_tenant
FROM ({rows}) AS staged
LEFT JOIN (
    SELECT
        member.user_id,
        (array_agg(
            member.tenant_id
            ORDER BY
                CASE member.role WHEN 'owner' THEN 1 WHEN 'manager' THEN 2 WHEN 'viewer' THEN 3 END,
                member.created_at,
                member.tenant_id
        ))[1] AS tenant_id
    FROM {source}.memberships AS member
    WHERE member.tenant_id IN (SELECT kept.id FROM ({tenants}) AS kept)
    GROUP BY member.user_id
) AS belongs ON belongs.user_id = staged.id
-- each row is put together once, not anew for each of its values
OFFSET 0
