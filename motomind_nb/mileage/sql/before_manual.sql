-- Readings in the payloads of the staged manual_events, whose shape no rule fixes: the first of the
-- usual names that holds a whole number. No parameters. Reads only.
-- Columns: vehicle_id, date (local if the payload has one, else of created_at in UTC), time (NULL),
-- miles (miles, NULL where none was found), source, id.
SELECT
    manual.vehicle_id,
    coalesce(
        substring(manual.payload ->> 'date' FROM '^\d{{4}}-\d{{2}}-\d{{2}}$')::date,
        manual.created_at::date
    ) AS date,
    NULL::time AS time,
    coalesce(
        substring(manual.payload ->> 'odometer_reading' FROM '^\d{{1,9}}$'),
        substring(manual.payload ->> 'mileage' FROM '^\d{{1,9}}$'),
        substring(manual.payload ->> 'miles' FROM '^\d{{1,9}}$'),
        substring(manual.payload ->> 'odometer' FROM '^\d{{1,9}}$')
    )::integer AS miles,
    'manual_events' AS source,
    manual.id
FROM {source}.manual_events AS manual
