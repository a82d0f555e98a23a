-- Row level security as found, with its holes:
--  * users, memberships, plan_limits, vin_cache, schema_migrations, vehicles_naming_backup and
--    audit_log have none, so that the default grants open them to anon;
--  * odometer_readings and service_records have it without any policy;
--  * vehicle_images has two policies that allow everything;
--  * fuel_logs reads another setting than all others and raises an error when it is unset.
-- 33 policies in all.

ALTER TABLE tenants ENABLE ROW LEVEL SECURITY;
ALTER TABLE garages ENABLE ROW LEVEL SECURITY;
ALTER TABLE vehicles ENABLE ROW LEVEL SECURITY;
ALTER TABLE vehicle_events ENABLE ROW LEVEL SECURITY;
ALTER TABLE vehicle_images ENABLE ROW LEVEL SECURITY;
ALTER TABLE reminders ENABLE ROW LEVEL SECURITY;
ALTER TABLE fuel_logs ENABLE ROW LEVEL SECURITY;
ALTER TABLE manual_events ENABLE ROW LEVEL SECURITY;
ALTER TABLE odometer_readings ENABLE ROW LEVEL SECURITY;
ALTER TABLE service_records ENABLE ROW LEVEL SECURITY;
ALTER TABLE explanations ENABLE ROW LEVEL SECURITY;
ALTER TABLE image_generation_queue ENABLE ROW LEVEL SECURITY;
ALTER TABLE provider_integrations ENABLE ROW LEVEL SECURITY;
ALTER TABLE uploads ENABLE ROW LEVEL SECURITY;
ALTER TABLE usage_counters ENABLE ROW LEVEL SECURITY;
ALTER TABLE vehicle_generations ENABLE ROW LEVEL SECURITY;
ALTER TABLE vehicle_metrics ENABLE ROW LEVEL SECURITY;
ALTER TABLE vehicle_onboarding ENABLE ROW LEVEL SECURITY;

CREATE POLICY tenants_own ON tenants FOR SELECT
USING (id = current_setting('app.tenant_id', true)::uuid);

CREATE POLICY garages_select ON garages FOR SELECT
USING (tenant_id = current_setting('app.tenant_id', true)::uuid);

CREATE POLICY garages_insert ON garages FOR INSERT
WITH CHECK (tenant_id = current_setting('app.tenant_id', true)::uuid);

CREATE POLICY garages_update ON garages FOR UPDATE
USING (tenant_id = current_setting('app.tenant_id', true)::uuid);

CREATE POLICY garages_delete ON garages FOR DELETE
USING (tenant_id = current_setting('app.tenant_id', true)::uuid);

CREATE POLICY vehicles_select ON vehicles FOR SELECT
USING (tenant_id = current_setting('app.tenant_id', true)::uuid);

CREATE POLICY vehicles_insert ON vehicles FOR INSERT
WITH CHECK (tenant_id = current_setting('app.tenant_id', true)::uuid);

CREATE POLICY vehicles_update ON vehicles FOR UPDATE
USING (tenant_id = current_setting('app.tenant_id', true)::uuid);

CREATE POLICY vehicles_delete ON vehicles FOR DELETE
USING (tenant_id = current_setting('app.tenant_id', true)::uuid);

CREATE POLICY vehicle_events_select ON vehicle_events FOR SELECT
USING (tenant_id = current_setting('app.tenant_id', true)::uuid);

CREATE POLICY vehicle_events_insert ON vehicle_events FOR INSERT
WITH CHECK (tenant_id = current_setting('app.tenant_id', true)::uuid);

CREATE POLICY vehicle_images_allow_all ON vehicle_images FOR ALL
USING (true)
WITH CHECK (true);

CREATE POLICY vehicle_images_service ON vehicle_images FOR ALL
USING (true)
WITH CHECK (true);

CREATE POLICY reminders_select ON reminders FOR SELECT
USING (tenant_id = current_setting('app.tenant_id', true)::uuid);

CREATE POLICY reminders_insert ON reminders FOR INSERT
WITH CHECK (tenant_id = current_setting('app.tenant_id', true)::uuid);

CREATE POLICY reminders_update ON reminders FOR UPDATE
USING (tenant_id = current_setting('app.tenant_id', true)::uuid);

CREATE POLICY reminders_delete ON reminders FOR DELETE
USING (tenant_id = current_setting('app.tenant_id', true)::uuid);

CREATE POLICY fuel_logs_select ON fuel_logs FOR SELECT
USING (tenant_id = current_setting('app.current_tenant_id')::uuid);

CREATE POLICY fuel_logs_insert ON fuel_logs FOR INSERT
WITH CHECK (tenant_id = current_setting('app.current_tenant_id')::uuid);

CREATE POLICY fuel_logs_update ON fuel_logs FOR UPDATE
USING (tenant_id = current_setting('app.current_tenant_id')::uuid);

CREATE POLICY fuel_logs_delete ON fuel_logs FOR DELETE
USING (tenant_id = current_setting('app.current_tenant_id')::uuid);

CREATE POLICY manual_events_select ON manual_events FOR SELECT
USING (tenant_id = current_setting('app.tenant_id', true)::uuid);

CREATE POLICY manual_events_insert ON manual_events FOR INSERT
WITH CHECK (tenant_id = current_setting('app.tenant_id', true)::uuid);

CREATE POLICY explanations_select ON explanations FOR SELECT
USING (tenant_id = current_setting('app.tenant_id', true)::uuid);

CREATE POLICY explanations_insert ON explanations FOR INSERT
WITH CHECK (tenant_id = current_setting('app.tenant_id', true)::uuid);

CREATE POLICY image_generation_queue_own ON image_generation_queue FOR ALL
USING (tenant_id = current_setting('app.tenant_id', true)::uuid);

CREATE POLICY provider_integrations_own ON provider_integrations FOR ALL
USING (tenant_id = current_setting('app.tenant_id', true)::uuid);

CREATE POLICY uploads_select ON uploads FOR SELECT
USING (tenant_id = current_setting('app.tenant_id', true)::uuid);

CREATE POLICY uploads_insert ON uploads FOR INSERT
WITH CHECK (tenant_id = current_setting('app.tenant_id', true)::uuid);

CREATE POLICY usage_counters_own ON usage_counters FOR ALL
USING (tenant_id = current_setting('app.tenant_id', true)::uuid);

CREATE POLICY vehicle_generations_read ON vehicle_generations FOR SELECT
USING (true);

CREATE POLICY vehicle_metrics_own ON vehicle_metrics FOR ALL
USING (tenant_id = current_setting('app.tenant_id', true)::uuid);

CREATE POLICY vehicle_onboarding_own ON vehicle_onboarding FOR ALL
USING (tenant_id = current_setting('app.tenant_id', true)::uuid);
