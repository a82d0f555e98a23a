-- Purpose: rows of manual_events, which has no mapping.
-- Columns: key (text), tenant_id; one for the rule: NULL where it is kept, else why not (code: reason).
-- Rule: holds no rows | no mapping is known | the run is refused
SELECT
    staged.id::text AS key,
    staged.tenant_id,
    'unmapped_row: no mapping of manual_events is known' AS "holds no rows"
FROM {source}.manual_events AS staged
