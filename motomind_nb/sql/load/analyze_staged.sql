-- Statistics of the staged tables that the load joins. No parameters.
ANALYZE
legacy.tenants,
legacy.users,
legacy.memberships,
legacy.garages,
legacy.vehicles,
legacy.vehicles_naming_backup,
legacy.vehicle_images,
legacy.reminders,
legacy.vehicle_events (id, tenant_id, vehicle_id, type, date, miles),
legacy.odometer_readings (id, tenant_id, vehicle_id, reading_date, reading_time, mileage),
legacy.fuel_logs (id, tenant_id, vehicle_id, date, time, odometer_reading),
legacy.service_records (id, tenant_id, vehicle_id, service_date, odometer_reading)
