-- A vehicle is soft-deleted after the last refresh, so that the scores still list it (5 rows for 4
-- visible vehicles). The trigger rests meanwhile: updated_at keeps its written value.

ALTER TABLE vehicles DISABLE TRIGGER update_vehicles_updated_at;

UPDATE vehicles SET deleted_at = '2025-08-01 18:30:00+00'
WHERE id = '40000000-0000-4000-8000-000000000005';

ALTER TABLE vehicles ENABLE TRIGGER update_vehicles_updated_at;
