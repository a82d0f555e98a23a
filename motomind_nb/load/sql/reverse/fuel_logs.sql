-- Events loaded from fuel_logs -> fuel_logs: miles become odometer_reading (miles), the payload's keys
-- columns of their types (amounts in the row's currency, volumes in gallons). No parameters.
-- Columns: those of the old table.
SELECT
    origin.source_id AS id,
    e.tenant_id,
    e.vehicle_id,
    e.date,
    e.local_time AS time,
    (e.payload ->> 'total_amount')::numeric AS total_amount,
    e.payload ->> 'currency' AS currency,
    (e.payload ->> 'gallons')::numeric AS gallons,
    (e.payload ->> 'price_per_gallon')::numeric AS price_per_gallon,
    e.payload ->> 'fuel_type' AS fuel_type,
    e.payload ->> 'station_name' AS station_name,
    e.payload ->> 'station_address' AS station_address,
    (e.payload ->> 'location_lat')::numeric AS location_lat,
    (e.payload ->> 'location_lng')::numeric AS location_lng,
    e.payload ->> 'payment_method' AS payment_method,
    e.payload ->> 'transaction_number' AS transaction_number,
    (e.payload ->> 'tax_amount')::numeric AS tax_amount,
    e.payload ->> 'source' AS source,
    (e.payload ->> 'confidence_score')::numeric AS confidence_score,
    e.payload ->> 'image_url' AS image_url,
    nullif(e.payload -> 'ocr_data', 'null') AS ocr_data,
    e.miles AS odometer_reading,
    e.payload ->> 'notes' AS notes,
    CASE
        WHEN jsonb_typeof(e.payload -> 'tags') = 'array'
            THEN ARRAY(SELECT item.value FROM jsonb_array_elements_text(e.payload -> 'tags') AS item (value))
    END AS tags,
    (e.payload ->> 'is_verified')::boolean AS is_verified,
    (e.payload ->> 'is_estimated')::boolean AS is_estimated,
    e.created_at,
    (e.payload ->> 'updated_at')::timestamptz AS updated_at,
    e.payload ->> 'logged_by' AS created_by,
    e.payload ->> 'updated_by' AS updated_by
FROM {target}.vehicle_events AS e
INNER JOIN private.event_source AS origin
    ON origin.event_id = e.id AND origin.event_date = e.date AND origin.source_table = 'fuel_logs'
