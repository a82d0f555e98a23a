-- Row level security as found, with its holes:
--  * users, memberships, plan_limits, vin_cache, schema_migrations, vehicles_naming_backup and
--    audit_log have none, so that the default grants open them to anon;
--  * odometer_readings and service_records have it without any policy;
--  * vehicle_images has two policies that allow everything;
--  * fuel_logs reads another setting than all others and raises an error when it is unset.
-- 33 policies in all.

ALTER TABLE explanations ENABLE ROW LEVEL SECURITY;
ALTER TABLE fuel_logs ENABLE ROW LEVEL SECURITY;
ALTER TABLE garages ENABLE ROW LEVEL SECURITY;
ALTER TABLE image_generation_queue ENABLE ROW LEVEL SECURITY;
ALTER TABLE manual_events ENABLE ROW LEVEL SECURITY;
ALTER TABLE odometer_readings ENABLE ROW LEVEL SECURITY;
ALTER TABLE provider_integrations ENABLE ROW LEVEL SECURITY;
ALTER TABLE reminders ENABLE ROW LEVEL SECURITY;
ALTER TABLE service_records ENABLE ROW LEVEL SECURITY;
ALTER TABLE tenants ENABLE ROW LEVEL SECURITY;
ALTER TABLE uploads ENABLE ROW LEVEL SECURITY;
ALTER TABLE usage_counters ENABLE ROW LEVEL SECURITY;
ALTER TABLE vehicle_events ENABLE ROW LEVEL SECURITY;
ALTER TABLE vehicle_generations ENABLE ROW LEVEL SECURITY;
ALTER TABLE vehicle_images ENABLE ROW LEVEL SECURITY;
ALTER TABLE vehicle_metrics ENABLE ROW LEVEL SECURITY;
ALTER TABLE vehicle_onboarding ENABLE ROW LEVEL SECURITY;
ALTER TABLE vehicles ENABLE ROW LEVEL SECURITY;

CREATE POLICY explanations_tenant_insert ON explanations FOR INSERT
WITH CHECK (tenant_id = current_setting('app.tenant_id', true)::uuid);
CREATE POLICY explanations_tenant_select ON explanations FOR SELECT
USING (tenant_id = current_setting('app.tenant_id', true)::uuid);
CREATE POLICY explanations_tenant_update ON explanations FOR UPDATE
USING (tenant_id = current_setting('app.tenant_id', true)::uuid)
WITH CHECK (tenant_id = current_setting('app.tenant_id', true)::uuid);

CREATE POLICY fuel_logs_tenant_isolation ON fuel_logs FOR ALL
USING (tenant_id = current_setting('app.current_tenant_id')::uuid);

CREATE POLICY "Users can manage garages in their tenant" ON garages FOR ALL
USING (tenant_id = current_setting('app.tenant_id')::uuid);

CREATE POLICY "Users can manage queue items in their tenant" ON image_generation_queue FOR ALL
USING (tenant_id = current_setting('app.tenant_id')::uuid);

CREATE POLICY manual_events_tenant_insert ON manual_events FOR INSERT
WITH CHECK (tenant_id = current_setting('app.tenant_id', true)::uuid);
CREATE POLICY manual_events_tenant_select ON manual_events FOR SELECT
USING (tenant_id = current_setting('app.tenant_id', true)::uuid);
CREATE POLICY manual_events_tenant_update ON manual_events FOR UPDATE
USING (tenant_id = current_setting('app.tenant_id', true)::uuid)
WITH CHECK (tenant_id = current_setting('app.tenant_id', true)::uuid);

CREATE POLICY provider_integrations_tenant_insert ON provider_integrations FOR INSERT
WITH CHECK (tenant_id = current_setting('app.tenant_id', true)::uuid);
CREATE POLICY provider_integrations_tenant_select ON provider_integrations FOR SELECT
USING (tenant_id = current_setting('app.tenant_id', true)::uuid);
CREATE POLICY provider_integrations_tenant_update ON provider_integrations FOR UPDATE
USING (tenant_id = current_setting('app.tenant_id', true)::uuid)
WITH CHECK (tenant_id = current_setting('app.tenant_id', true)::uuid);

CREATE POLICY tenant_isolation_reminders ON reminders FOR ALL
USING (tenant_id = current_setting('app.tenant_id', true)::uuid)
WITH CHECK (tenant_id = current_setting('app.tenant_id', true)::uuid);

CREATE POLICY tenants_self_access ON tenants FOR ALL
USING (id = current_setting('app.tenant_id', true)::uuid);

CREATE POLICY uploads_tenant_insert ON uploads FOR INSERT
WITH CHECK (tenant_id = current_setting('app.tenant_id', true)::uuid);
CREATE POLICY uploads_tenant_select ON uploads FOR SELECT
USING (tenant_id = current_setting('app.tenant_id', true)::uuid);
CREATE POLICY uploads_tenant_update ON uploads FOR UPDATE
USING (tenant_id = current_setting('app.tenant_id', true)::uuid)
WITH CHECK (tenant_id = current_setting('app.tenant_id', true)::uuid);

CREATE POLICY usage_counters_tenant_insert ON usage_counters FOR INSERT
WITH CHECK (tenant_id = current_setting('app.tenant_id', true)::uuid);
CREATE POLICY usage_counters_tenant_select ON usage_counters FOR SELECT
USING (tenant_id = current_setting('app.tenant_id', true)::uuid);
CREATE POLICY usage_counters_tenant_update ON usage_counters FOR UPDATE
USING (tenant_id = current_setting('app.tenant_id', true)::uuid)
WITH CHECK (tenant_id = current_setting('app.tenant_id', true)::uuid);

CREATE POLICY tenant_isolation_vehicle_events ON vehicle_events FOR ALL
USING (tenant_id = current_setting('app.tenant_id', true)::uuid)
WITH CHECK (tenant_id = current_setting('app.tenant_id', true)::uuid);

CREATE POLICY "Generation rules are globally readable" ON vehicle_generations FOR SELECT
USING (true);

CREATE POLICY "Allow all access to vehicle images" ON vehicle_images FOR ALL
USING (true);
CREATE POLICY "Service role can access all vehicle images" ON vehicle_images FOR ALL
USING (true);
CREATE POLICY tenant_isolation_vehicle_images ON vehicle_images FOR ALL
USING (tenant_id = current_setting('app.tenant_id', true)::uuid)
WITH CHECK (tenant_id = current_setting('app.tenant_id', true)::uuid);

CREATE POLICY vehicle_metrics_tenant_insert ON vehicle_metrics FOR INSERT
WITH CHECK (tenant_id = current_setting('app.tenant_id', true)::uuid);
CREATE POLICY vehicle_metrics_tenant_select ON vehicle_metrics FOR SELECT
USING (tenant_id = current_setting('app.tenant_id', true)::uuid);
CREATE POLICY vehicle_metrics_tenant_update ON vehicle_metrics FOR UPDATE
USING (tenant_id = current_setting('app.tenant_id', true)::uuid)
WITH CHECK (tenant_id = current_setting('app.tenant_id', true)::uuid);

CREATE POLICY "Users can track onboarding in their tenant" ON vehicle_onboarding FOR ALL
USING (tenant_id = current_setting('app.tenant_id')::uuid);

CREATE POLICY vehicles_tenant_delete ON vehicles FOR DELETE
USING (tenant_id = current_setting('app.tenant_id', true)::uuid);
CREATE POLICY vehicles_tenant_insert ON vehicles FOR INSERT
WITH CHECK (tenant_id = current_setting('app.tenant_id', true)::uuid);
CREATE POLICY vehicles_tenant_select ON vehicles FOR SELECT
USING (tenant_id = current_setting('app.tenant_id', true)::uuid);
CREATE POLICY vehicles_tenant_update ON vehicles FOR UPDATE
USING (tenant_id = current_setting('app.tenant_id', true)::uuid)
WITH CHECK (tenant_id = current_setting('app.tenant_id', true)::uuid);
