-- The fourteen triggers. All but one keep updated_at; plan_limits, uploads, vehicle_events,
-- vehicle_images, vin_cache and others have the column and no trigger.

CREATE TRIGGER fuel_logs_updated_at_trigger
BEFORE UPDATE ON fuel_logs
FOR EACH ROW EXECUTE FUNCTION update_fuel_logs_updated_at();

CREATE TRIGGER update_garages_updated_at
BEFORE UPDATE ON garages
FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();

CREATE TRIGGER update_image_generation_queue_updated_at
BEFORE UPDATE ON image_generation_queue
FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();

CREATE TRIGGER manual_events_refresh_metrics
AFTER INSERT OR UPDATE ON manual_events
FOR EACH ROW EXECUTE FUNCTION trigger_refresh_metrics();

CREATE TRIGGER odometer_readings_updated_at_trigger
BEFORE UPDATE ON odometer_readings
FOR EACH ROW EXECUTE FUNCTION update_odometer_readings_updated_at();

CREATE TRIGGER update_provider_integrations_updated_at
BEFORE UPDATE ON provider_integrations
FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();

CREATE TRIGGER trigger_reminders_updated_at
BEFORE UPDATE ON reminders
FOR EACH ROW EXECUTE FUNCTION update_reminders_updated_at();

CREATE TRIGGER service_records_updated_at_trigger
BEFORE UPDATE ON service_records
FOR EACH ROW EXECUTE FUNCTION update_service_records_updated_at();

CREATE TRIGGER update_tenants_updated_at
BEFORE UPDATE ON tenants
FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();

CREATE TRIGGER update_usage_counters_updated_at
BEFORE UPDATE ON usage_counters
FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();

CREATE TRIGGER update_users_updated_at
BEFORE UPDATE ON users
FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();

CREATE TRIGGER update_vehicle_generations_updated_at
BEFORE UPDATE ON vehicle_generations
FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();

CREATE TRIGGER update_vehicle_metrics_updated_at
BEFORE UPDATE ON vehicle_metrics
FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();

CREATE TRIGGER update_vehicles_updated_at
BEFORE UPDATE ON vehicles
FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
