-- service_records -> public.vehicle_events: events of type maintenance; odometer_reading becomes miles
-- (miles), costs stay numbers in their currency. No parameters. NULL stays NULL.
SELECT
    -- an id that an earlier source uses as well is replaced by one derived from this source
    CASE
        WHEN e0.id IS NOT NULL
            OR o0.id IS NOT NULL
            OR f0.id IS NOT NULL
            THEN encode(
                substring(sha256(convert_to('service_records:' || s.id::text, 'UTF8')) FOR 16), 'hex'
            )::uuid
        ELSE s.id
    END AS id,
    s.tenant_id,
    s.vehicle_id,
    'maintenance' AS type,
    s.service_date AS date,
    NULL::time AS local_time,
    g.timezone AS time_zone,
    CASE WHEN g.timezone IS NOT NULL THEN 'garage' END AS zone_source,
    s.odometer_reading AS miles,
    -- keys in the order in which jsonb keeps them (the shorter first): so they need no sorting
    jsonb_build_object(
        'kind', s.service_type,
        'tags', s.tags,
        'notes', s.notes,
        'source', s.source,
        'vendor', s.shop_name,
        'currency', s.currency,
        'ocr_data', s.ocr_data,
        'image_url', s.image_url,
        'logged_by', s.created_by,
        'shop_name', s.shop_name,
        'labor_cost', s.labor_cost,
        'parts_cost', s.parts_cost,
        'tax_amount', s.tax_amount,
        'total_cost', s.total_cost,
        'updated_at', s.updated_at,
        'updated_by', s.updated_by,
        'description', s.description,
        'is_verified', s.is_verified,
        'service_type', s.service_type,
        'shop_address', s.shop_address,
        'total_amount', s.total_cost,
        'service_items', s.service_items,
        'technician_name', s.technician_name,
        'warranty_months', s.warranty_months,
        'confidence_score', s.confidence_score,
        'next_service_date', s.next_service_date,
        'next_service_miles', s.next_service_miles
    ) AS payload,
    NULL::uuid AS supersedes_id,
    NULL::date AS supersedes_date,
    coalesce(c.chain, 1) AS chain,
    d.source_id IS NOT NULL AS disputed,
    to_jsonb(s.*) AS legacy_row,
    s.created_at
FROM audit.loadable_service_records AS s
LEFT JOIN {source}.vehicle_events AS e0 ON e0.id = s.id
LEFT JOIN {source}.odometer_readings AS o0 ON o0.id = s.id
LEFT JOIN {source}.fuel_logs AS f0 ON f0.id = s.id
LEFT JOIN {source}.vehicles AS v ON v.tenant_id = s.tenant_id AND v.id = s.vehicle_id
LEFT JOIN {source}.garages AS g ON g.tenant_id = v.tenant_id AND g.id = v.garage_id
LEFT JOIN audit.disputed AS d ON d.source_table = 'service_records' AND d.source_id = s.id
LEFT JOIN audit.later_chain AS c ON c.source_table = 'service_records' AND c.source_id = s.id
