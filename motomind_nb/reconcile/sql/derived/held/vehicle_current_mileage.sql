-- What vehicle_current_mileage shows its owner. Parameters: none.
-- Columns: those of vehicle_current_mileage (miles, local date).
SELECT
    mileage.vehicle_id,
    mileage.miles,
    mileage.date,
    mileage.created_at,
    mileage.tenant_id
FROM {target}.vehicle_current_mileage AS mileage
