-- Grants, given one by one: a project may hand every new table to every role by default
-- privileges, so everything is taken back first. anon gets nothing. Events are inserted and
-- read, never updated, deleted or truncated, by no role. rights.csv beside this file says the
-- same, and a check compares both with the live database.

REVOKE ALL ON
{target}.tenants, {target}.users, {target}.garages, {target}.vehicles, {target}.vehicle_images,
{target}.reminders, {target}.vehicle_events, {target}.vehicle_current_mileage, {target}.timeline_feed
FROM PUBLIC, anon, authenticated, service_role;

REVOKE ALL ON
private.memberships, private.event_source, private.vehicle_writer, private.erasing,
private.job_log, private.event_partition, private.partition_fault, private.visible_vehicle,
private.reading,
private.timeline, private.timeline_visible, private.timeline_freshness,
private.waiting_event, private.repeated_event_id
FROM PUBLIC, anon, authenticated, service_role;

REVOKE ALL ON ALL SEQUENCES IN SCHEMA private FROM PUBLIC, anon, authenticated, service_role;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA private FROM PUBLIC, anon, authenticated, service_role;

GRANT USAGE ON SCHEMA {target} TO authenticated, service_role;

GRANT SELECT, INSERT, UPDATE ON
{target}.tenants, {target}.users, {target}.garages, {target}.vehicles, {target}.vehicle_images,
{target}.reminders
TO authenticated, service_role;

GRANT SELECT, INSERT ON {target}.vehicle_events TO authenticated, service_role;

GRANT SELECT ON {target}.vehicle_current_mileage, {target}.timeline_feed
TO authenticated, service_role;

-- What those views and policies lead to. Without USAGE on the schema no role can name it.
GRANT SELECT ON private.visible_vehicle, private.reading, private.timeline_visible
TO authenticated, service_role;
GRANT EXECUTE ON FUNCTION private.current_tenant(), private.is_reading(text, integer, boolean)
TO authenticated, service_role;
