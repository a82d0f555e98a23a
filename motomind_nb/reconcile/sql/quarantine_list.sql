-- Every row in quarantine with its contents, for a file. Holes: personal, the columns whose values are
-- hidden, as an array of texts source_table.column; hidden, what stands in their place.
-- Columns: source_table, source_id, tenant_id, rule, reason (text), source_row (jsonb, the complete row).
SELECT
    q.source_table,
    q.source_id,
    q.tenant_id,
    q.rule,
    q.reason,
    (
        SELECT jsonb_object_agg(
            part.key,
            CASE
                WHEN q.source_table || '.' || part.key = ANY({personal}) AND part.value <> 'null'
                    THEN to_jsonb({hidden}::text)
                ELSE part.value
            END
        )
        FROM jsonb_each(q.source_row) AS part
    ) AS source_row
FROM audit.quarantine AS q
ORDER BY q.source_table COLLATE "C", q.rule COLLATE "C", q.source_id COLLATE "C"
