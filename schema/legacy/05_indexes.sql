-- Indexes beside those of the keys, as the real schema names them. The rule "one open reminder per
-- dedupe key" is an index, not a constraint. Several are alike or serve no query any more: a copy
-- of this database keeps them all.

CREATE INDEX idx_fuel_logs_created_at ON fuel_logs (created_at DESC);
CREATE INDEX idx_fuel_logs_date ON fuel_logs (date DESC);
CREATE INDEX idx_fuel_logs_tenant_id ON fuel_logs (tenant_id);
CREATE INDEX idx_fuel_logs_vehicle_date ON fuel_logs (vehicle_id, date DESC);
CREATE INDEX idx_fuel_logs_vehicle_id ON fuel_logs (vehicle_id);

CREATE INDEX idx_garages_default ON garages (is_default) WHERE is_default = TRUE;
CREATE INDEX idx_garages_tenant_id ON garages (tenant_id);
CREATE INDEX idx_garages_tenant_name ON garages (tenant_id, name);

CREATE INDEX idx_odometer_readings_date ON odometer_readings (reading_date DESC);
CREATE INDEX idx_odometer_readings_mileage ON odometer_readings (vehicle_id, mileage DESC);
CREATE INDEX idx_odometer_readings_vehicle_date
ON odometer_readings (vehicle_id, reading_date DESC, reading_time DESC);
CREATE INDEX idx_odometer_readings_vehicle_id ON odometer_readings (vehicle_id);

CREATE INDEX idx_api_active_reminders_performance
ON reminders (vehicle_id, tenant_id, status, due_date)
INCLUDE (title, category, priority)
WHERE status IN ('open', 'scheduled');
CREATE INDEX idx_reminders_action_optimized
ON reminders (tenant_id, vehicle_id, status, due_date)
INCLUDE (title, category, priority)
WHERE status IN ('open', 'scheduled');
CREATE INDEX idx_reminders_actionable
ON reminders (tenant_id, status, due_date)
WHERE status IN ('open', 'scheduled');
CREATE INDEX idx_reminders_due_miles ON reminders (due_miles) WHERE status IN ('open', 'scheduled');
CREATE INDEX idx_reminders_vehicle_status ON reminders (vehicle_id, status);
CREATE UNIQUE INDEX ux_reminders_dedupe_open ON reminders (dedupe_key) WHERE status IN ('open', 'scheduled');

CREATE INDEX idx_service_records_date ON service_records (service_date DESC);
CREATE INDEX idx_service_records_shop ON service_records (shop_name);
CREATE INDEX idx_service_records_type ON service_records (service_type);
CREATE INDEX idx_service_records_vehicle_date ON service_records (vehicle_id, service_date DESC);
CREATE INDEX idx_service_records_vehicle_id ON service_records (vehicle_id);

CREATE INDEX tenants_created_at_idx ON tenants (created_at DESC);

CREATE INDEX idx_api_recent_events_performance
ON vehicle_events (vehicle_id, tenant_id, date DESC)
INCLUDE (type, miles, payload);
CREATE INDEX idx_events_vehicle_miles ON vehicle_events (vehicle_id, miles) WHERE miles IS NOT NULL;
CREATE INDEX idx_events_vehicle_type_date ON vehicle_events (vehicle_id, type, date DESC);
CREATE INDEX idx_vehicle_events_maintenance_due
ON vehicle_events (tenant_id, vehicle_id, type, date DESC)
WHERE type IN ('maintenance', 'service');
CREATE INDEX idx_vehicle_events_recent_activity
ON vehicle_events (tenant_id, vehicle_id, date DESC, type)
INCLUDE (miles, payload);
CREATE INDEX idx_vehicle_events_tenant_created ON vehicle_events (tenant_id, created_at DESC);
CREATE INDEX idx_vehicle_events_tenant_vehicle_date ON vehicle_events (tenant_id, vehicle_id, date DESC);

CREATE INDEX idx_vehicle_images_tenant_id ON vehicle_images (tenant_id);
CREATE INDEX idx_vehicle_images_type ON vehicle_images (image_type);
CREATE INDEX idx_vehicle_images_vehicle_id ON vehicle_images (vehicle_id);
CREATE INDEX idx_vehicle_images_vehicle_type ON vehicle_images (vehicle_id, image_type);

CREATE INDEX idx_api_vehicle_details_performance
ON vehicles (id, tenant_id)
INCLUDE (display_name, make, model, vin, hero_image_url, garage_id)
WHERE deleted_at IS NULL;
CREATE INDEX idx_api_vehicles_list_performance
ON vehicles (tenant_id, deleted_at, garage_id, updated_at DESC)
WHERE deleted_at IS NULL;
CREATE INDEX idx_vehicles_deleted_at ON vehicles (deleted_at) WHERE deleted_at IS NOT NULL;
CREATE INDEX idx_vehicles_display_name ON vehicles (display_name);
CREATE INDEX idx_vehicles_garage_display
ON vehicles (tenant_id, garage_id, display_name)
WHERE deleted_at IS NULL;
CREATE INDEX idx_vehicles_garage_id ON vehicles (garage_id) WHERE garage_id IS NOT NULL;
CREATE INDEX idx_vehicles_health_priority
ON vehicles (tenant_id, garage_id, created_at DESC)
WHERE deleted_at IS NULL;
CREATE INDEX idx_vehicles_hero_image_url ON vehicles (hero_image_url) WHERE hero_image_url IS NOT NULL;
CREATE INDEX idx_vehicles_roman_ux_optimized
ON vehicles (tenant_id, garage_id, created_at DESC)
INCLUDE (display_name, make, model, hero_image_url)
WHERE deleted_at IS NULL;
CREATE INDEX idx_vehicles_vin ON vehicles (vin) WHERE vin IS NOT NULL;
CREATE INDEX vehicles_tenant_created_idx ON vehicles (tenant_id, created_at DESC);
CREATE INDEX vehicles_tenant_id_idx ON vehicles (tenant_id);
CREATE INDEX vehicles_updated_idx ON vehicles (tenant_id, updated_at DESC);
