-- Purpose: pin the time zone for this transaction; the legacy rule on due dates depends on it.
-- Parameters: none.
-- Columns: set_config (text, the zone).
SELECT set_config('TimeZone', 'UTC', true);
