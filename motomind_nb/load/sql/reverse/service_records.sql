-- Events loaded from service_records -> service_records: miles become odometer_reading (miles), the
-- payload's keys columns of their types (costs in the row's currency). No parameters.
-- Columns: those of the old table.
SELECT
    origin.source_id AS id,
    e.tenant_id,
    e.vehicle_id,
    e.date AS service_date,
    e.payload ->> 'service_type' AS service_type,
    e.payload ->> 'description' AS description,
    (e.payload ->> 'total_cost')::numeric AS total_cost,
    (e.payload ->> 'labor_cost')::numeric AS labor_cost,
    (e.payload ->> 'parts_cost')::numeric AS parts_cost,
    (e.payload ->> 'tax_amount')::numeric AS tax_amount,
    e.payload ->> 'currency' AS currency,
    e.payload ->> 'shop_name' AS shop_name,
    e.payload ->> 'shop_address' AS shop_address,
    e.payload ->> 'technician_name' AS technician_name,
    e.miles AS odometer_reading,
    nullif(e.payload -> 'service_items', 'null') AS service_items,
    e.payload ->> 'source' AS source,
    (e.payload ->> 'confidence_score')::numeric AS confidence_score,
    e.payload ->> 'image_url' AS image_url,
    nullif(e.payload -> 'ocr_data', 'null') AS ocr_data,
    (e.payload ->> 'warranty_months')::integer AS warranty_months,
    (e.payload ->> 'next_service_date')::date AS next_service_date,
    (e.payload ->> 'next_service_miles')::integer AS next_service_miles,
    e.payload ->> 'notes' AS notes,
    CASE
        WHEN jsonb_typeof(e.payload -> 'tags') = 'array'
            THEN ARRAY(SELECT item.value FROM jsonb_array_elements_text(e.payload -> 'tags') AS item (value))
    END AS tags,
    (e.payload ->> 'is_verified')::boolean AS is_verified,
    e.created_at,
    (e.payload ->> 'updated_at')::timestamptz AS updated_at,
    e.payload ->> 'logged_by' AS created_by,
    e.payload ->> 'updated_by' AS updated_by
FROM {target}.vehicle_events AS e
INNER JOIN private.event_source AS origin
    ON origin.event_id = e.id AND origin.event_date = e.date AND origin.source_table = 'service_records'
