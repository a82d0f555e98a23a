-- Events loaded from odometer_readings -> odometer_readings: miles become mileage (miles), the payload's
-- keys columns of their types. No parameters. Columns: those of the old table.
SELECT
    origin.source_id AS id,
    e.tenant_id,
    e.vehicle_id,
    e.miles AS mileage,
    e.date AS reading_date,
    e.local_time AS reading_time,
    e.payload ->> 'source' AS source,
    (e.payload ->> 'confidence_score')::numeric AS confidence_score,
    e.payload ->> 'image_url' AS image_url,
    nullif(e.payload -> 'ocr_data', 'null') AS ocr_data,
    e.payload ->> 'display_type' AS display_type,
    e.payload ->> 'reading_quality' AS reading_quality,
    e.payload ->> 'location' AS location,
    e.payload ->> 'fuel_level' AS fuel_level,
    CASE
        WHEN jsonb_typeof(e.payload -> 'warning_lights') = 'array'
            THEN ARRAY(SELECT item.value FROM jsonb_array_elements_text(e.payload -> 'warning_lights') AS item (value))
    END AS warning_lights,
    (e.payload ->> 'is_verified')::boolean AS is_verified,
    (e.payload ->> 'is_estimated')::boolean AS is_estimated,
    (e.payload ->> 'miles_since_last')::integer AS miles_since_last,
    (e.payload ->> 'days_since_last')::integer AS days_since_last,
    e.payload ->> 'notes' AS notes,
    e.created_at,
    (e.payload ->> 'updated_at')::timestamptz AS updated_at,
    e.payload ->> 'logged_by' AS created_by,
    e.payload ->> 'updated_by' AS updated_by
FROM {target}.vehicle_events AS e
INNER JOIN private.event_source AS origin
    ON origin.event_id = e.id AND origin.event_date = e.date AND origin.source_table = 'odometer_readings'
