-- odometer_readings -> public.vehicle_events: events of type odometer; mileage becomes miles (miles),
-- the local time of the reading is kept. No parameters. NULL stays NULL (null in the payload).
SELECT
    -- an id that an earlier source uses as well is replaced by one derived from this source
    CASE
        WHEN e0.id IS NOT NULL
            THEN encode(
                substring(sha256(convert_to('odometer_readings:' || o.id::text, 'UTF8')) FOR 16), 'hex'
            )::uuid
        ELSE o.id
    END AS id,
    o.tenant_id,
    o.vehicle_id,
    'odometer' AS type,
    o.reading_date AS date,
    o.reading_time AS local_time,
    g.timezone AS time_zone,
    CASE WHEN g.timezone IS NOT NULL THEN 'garage' END AS zone_source,
    o.mileage AS miles,
    -- keys in the order in which jsonb keeps them (the shorter first): so they need no sorting
    jsonb_build_object(
        'notes', o.notes,
        'source', o.source,
        'location', o.location,
        'ocr_data', o.ocr_data,
        'image_url', o.image_url,
        'logged_by', o.created_by,
        'fuel_level', o.fuel_level,
        'updated_at', o.updated_at,
        'updated_by', o.updated_by,
        'is_verified', o.is_verified,
        'display_type', o.display_type,
        'is_estimated', o.is_estimated,
        'warning_lights', o.warning_lights,
        'days_since_last', o.days_since_last,
        'reading_quality', o.reading_quality,
        'confidence_score', o.confidence_score,
        'miles_since_last', o.miles_since_last
    ) AS payload,
    NULL::uuid AS supersedes_id,
    NULL::date AS supersedes_date,
    coalesce(c.chain, 1) AS chain,
    d.source_id IS NOT NULL AS disputed,
    to_jsonb(o.*) AS legacy_row,
    o.created_at
FROM audit.loadable_odometer_readings AS o
LEFT JOIN {source}.vehicle_events AS e0 ON e0.id = o.id
LEFT JOIN {source}.vehicles AS v ON v.tenant_id = o.tenant_id AND v.id = o.vehicle_id
LEFT JOIN {source}.garages AS g ON g.tenant_id = v.tenant_id AND g.id = v.garage_id
LEFT JOIN audit.disputed AS d ON d.source_table = 'odometer_readings' AND d.source_id = o.id
LEFT JOIN audit.later_chain AS c ON c.source_table = 'odometer_readings' AND c.source_id = o.id
