-- Purpose: take those checks off the scratch tables that depend on the day or the zone in which they
-- are made: an old row was valid when and where it was written.
ALTER TABLE vehicle_events DROP CONSTRAINT chk_vehicle_events_reasonable_date;

ALTER TABLE reminders DROP CONSTRAINT chk_reminders_future_due_date
