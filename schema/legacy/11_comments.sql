-- The comments that the legacy objects carry.

COMMENT ON TABLE vehicle_events IS 'All events of a vehicle, one row each';
COMMENT ON TABLE vehicles_naming_backup IS 'Copy made before label and nickname became display_name';
COMMENT ON COLUMN vehicles.display_name IS 'Required since label and nickname were merged';
COMMENT ON COLUMN reminders.dedupe_key IS 'At most one open or scheduled reminder per key';
COMMENT ON MATERIALIZED VIEW vehicle_health_scores IS 'Health scores, refreshed by a scheduled job';
COMMENT ON FUNCTION consolidated_health_check() IS 'Called by the health endpoint';
