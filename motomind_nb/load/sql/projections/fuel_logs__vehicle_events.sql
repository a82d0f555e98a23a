-- fuel_logs -> public.vehicle_events: events of type fuel; odometer_reading becomes miles (miles),
-- amounts stay numbers in their currency, volumes in gallons. No parameters. NULL stays NULL.
SELECT
    -- an id that an earlier source uses as well is replaced by one derived from this source
    CASE
        WHEN e0.id IS NOT NULL
            OR o0.id IS NOT NULL
            THEN encode(
                substring(sha256(convert_to('fuel_logs:' || f.id::text, 'UTF8')) FOR 16), 'hex'
            )::uuid
        ELSE f.id
    END AS id,
    f.tenant_id,
    f.vehicle_id,
    'fuel' AS type,
    f.date,
    f.time AS local_time,
    g.timezone AS time_zone,
    CASE WHEN g.timezone IS NOT NULL THEN 'garage' END AS zone_source,
    f.odometer_reading AS miles,
    -- keys in the order in which jsonb keeps them (the shorter first): so they need no sorting
    jsonb_build_object(
        'tags', f.tags,
        'notes', f.notes,
        'source', f.source,
        'gallons', f.gallons,
        'station', f.station_name,
        'currency', f.currency,
        'ocr_data', f.ocr_data,
        'fuel_type', f.fuel_type,
        'image_url', f.image_url,
        'logged_by', f.created_by,
        'tax_amount', f.tax_amount,
        'updated_at', f.updated_at,
        'updated_by', f.updated_by,
        'is_verified', f.is_verified,
        'is_estimated', f.is_estimated,
        'location_lat', f.location_lat,
        'location_lng', f.location_lng,
        'station_name', f.station_name,
        'total_amount', f.total_amount,
        'payment_method', f.payment_method,
        'station_address', f.station_address,
        'confidence_score', f.confidence_score,
        'price_per_gallon', f.price_per_gallon,
        'transaction_number', f.transaction_number
    ) AS payload,
    NULL::uuid AS supersedes_id,
    NULL::date AS supersedes_date,
    coalesce(c.chain, 1) AS chain,
    d.source_id IS NOT NULL AS disputed,
    to_jsonb(f.*) AS legacy_row,
    f.created_at
FROM audit.loadable_fuel_logs AS f
LEFT JOIN {source}.vehicle_events AS e0 ON e0.id = f.id
LEFT JOIN {source}.odometer_readings AS o0 ON o0.id = f.id
LEFT JOIN {source}.vehicles AS v ON v.tenant_id = f.tenant_id AND v.id = f.vehicle_id
LEFT JOIN {source}.garages AS g ON g.tenant_id = v.tenant_id AND g.id = v.garage_id
LEFT JOIN audit.disputed AS d ON d.source_table = 'fuel_logs' AND d.source_id = f.id
LEFT JOIN audit.later_chain AS c ON c.source_table = 'fuel_logs' AND c.source_id = f.id
