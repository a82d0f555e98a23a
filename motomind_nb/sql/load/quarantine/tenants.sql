-- Tenants that a rule of the target refuses go to audit.quarantine, complete, with the rule and a
-- reason in plain words. No parameters.
INSERT INTO audit.quarantine (source_table, source_id, tenant_id, rule, reason, source_row)
SELECT
    'tenants',
    broken.id::text,
    broken.id,
    broken.rule,
    CASE broken.rule
        WHEN 'blank_name' THEN 'a tenant needs a name that is not blank'
        WHEN 'unknown_kind' THEN 'kind must be solo or org, found ' || coalesce(broken.kind, 'NULL')
        ELSE 'subscription_status is unknown: ' || broken.subscription_status
    END,
    broken.source_row
FROM (
    SELECT
        t.*,
        to_jsonb(t.*) AS source_row,
        CASE
            WHEN coalesce(btrim(t.name), '') = '' THEN 'blank_name'
            WHEN coalesce(t.kind, '') NOT IN ('solo', 'org') THEN 'unknown_kind'
            WHEN t.subscription_status NOT IN ('active', 'past_due', 'canceled', 'unpaid')
                THEN 'unknown_subscription_status'
        END AS rule
    FROM legacy.tenants AS t
) AS broken
WHERE broken.rule IS NOT NULL
