-- The original design: row level security with a setting that the API never sets, a table
-- without a policy, partitions without anything, and the usual grants of the platform.
ALTER TABLE original_design.tenants ENABLE ROW LEVEL SECURITY;
ALTER TABLE original_design.users ENABLE ROW LEVEL SECURITY;
ALTER TABLE original_design.garages ENABLE ROW LEVEL SECURITY;
ALTER TABLE original_design.vehicles ENABLE ROW LEVEL SECURITY;
ALTER TABLE original_design.reminders ENABLE ROW LEVEL SECURITY;
ALTER TABLE original_design.vehicle_events ENABLE ROW LEVEL SECURITY;

CREATE POLICY isolation ON original_design.users
USING (tenant_id = current_setting('app.tenant_id', true)::uuid);
CREATE POLICY isolation ON original_design.garages
USING (tenant_id = current_setting('app.tenant_id', true)::uuid);
CREATE POLICY isolation ON original_design.vehicles
USING (tenant_id = current_setting('app.tenant_id', true)::uuid);
CREATE POLICY isolation ON original_design.reminders
USING (tenant_id = current_setting('app.tenant_id', true)::uuid);
CREATE POLICY isolation ON original_design.vehicle_events
USING (tenant_id = current_setting('app.tenant_id', true)::uuid);

GRANT USAGE ON SCHEMA original_design TO anon, authenticated, service_role;
GRANT ALL ON ALL TABLES IN SCHEMA original_design TO anon, authenticated, service_role;
