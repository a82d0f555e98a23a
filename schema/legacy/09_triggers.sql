-- The fourteen triggers. Thirteen tables keep updated_at by trigger; tenants, users, plan_limits,
-- image_generation_queue, vehicle_generations and vin_cache have the column and no trigger.

CREATE TRIGGER manual_events_process
AFTER INSERT ON manual_events
FOR EACH ROW EXECUTE FUNCTION process_manual_event();

CREATE TRIGGER garages_updated_at
BEFORE UPDATE ON garages
FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();

CREATE TRIGGER vehicles_updated_at
BEFORE UPDATE ON vehicles
FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();

CREATE TRIGGER vehicle_events_updated_at
BEFORE UPDATE ON vehicle_events
FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();

CREATE TRIGGER vehicle_images_updated_at
BEFORE UPDATE ON vehicle_images
FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();

CREATE TRIGGER reminders_updated_at
BEFORE UPDATE ON reminders
FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();

CREATE TRIGGER odometer_readings_updated_at
BEFORE UPDATE ON odometer_readings
FOR EACH ROW EXECUTE FUNCTION update_odometer_readings_updated_at();

CREATE TRIGGER fuel_logs_updated_at
BEFORE UPDATE ON fuel_logs
FOR EACH ROW EXECUTE FUNCTION update_fuel_logs_updated_at();

CREATE TRIGGER service_records_updated_at
BEFORE UPDATE ON service_records
FOR EACH ROW EXECUTE FUNCTION update_service_records_updated_at();

CREATE TRIGGER manual_events_updated_at
BEFORE UPDATE ON manual_events
FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();

CREATE TRIGGER provider_integrations_updated_at
BEFORE UPDATE ON provider_integrations
FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();

CREATE TRIGGER uploads_updated_at
BEFORE UPDATE ON uploads
FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();

CREATE TRIGGER usage_counters_updated_at
BEFORE UPDATE ON usage_counters
FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();

CREATE TRIGGER vehicle_metrics_updated_at
BEFORE UPDATE ON vehicle_metrics
FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
