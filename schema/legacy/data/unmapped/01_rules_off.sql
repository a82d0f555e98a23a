-- Someone worked on this database: rules were dropped and a column was added that no catalog knows.

ALTER TABLE reminders
DROP CONSTRAINT reminders_status_check,
DROP CONSTRAINT chk_reminders_status,
DROP CONSTRAINT reminders_category_check,
DROP CONSTRAINT reminders_priority_check;
ALTER TABLE vehicle_events DROP CONSTRAINT vehicle_events_type_check;
ALTER TABLE memberships
DROP CONSTRAINT memberships_role_check,
DROP CONSTRAINT membership_role_enum;
ALTER TABLE tenants DROP CONSTRAINT tenants_subscription_status_check;
ALTER TABLE fuel_logs DROP CONSTRAINT fuel_logs_source_check;

ALTER TABLE vehicles ADD COLUMN color text;
