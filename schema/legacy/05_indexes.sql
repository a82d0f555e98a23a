-- Indexes beside the keys. The rule "one open reminder per dedupe key" is an index, not a
-- constraint. The others serve the look-ups by vehicle and by tenant.

CREATE UNIQUE INDEX reminders_open_dedupe_key ON reminders (dedupe_key)
WHERE status IN ('open', 'scheduled');

CREATE INDEX garages_tenant_id_idx ON garages (tenant_id);
CREATE INDEX vehicles_tenant_id_idx ON vehicles (tenant_id);
CREATE INDEX vehicles_garage_id_idx ON vehicles (garage_id);
CREATE INDEX vehicle_events_vehicle_id_date_idx ON vehicle_events (vehicle_id, date DESC);
CREATE INDEX vehicle_events_tenant_id_idx ON vehicle_events (tenant_id);
CREATE INDEX vehicle_images_vehicle_id_idx ON vehicle_images (vehicle_id);
CREATE INDEX reminders_vehicle_id_idx ON reminders (vehicle_id);
CREATE INDEX odometer_readings_vehicle_id_reading_date_idx
ON odometer_readings (vehicle_id, reading_date DESC);
CREATE INDEX fuel_logs_vehicle_id_date_idx ON fuel_logs (vehicle_id, date DESC);
CREATE INDEX service_records_vehicle_id_service_date_idx
ON service_records (vehicle_id, service_date DESC);
