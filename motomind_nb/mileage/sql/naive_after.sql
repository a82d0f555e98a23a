-- Current mileage as the rebuilt view gives it: the last undisputed reading of the load.
-- No parameters. Columns: vehicle_id, miles (miles).
SELECT
    current.vehicle_id,
    current.miles
FROM {target}.vehicle_current_mileage AS current
