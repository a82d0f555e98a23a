-- The time zone of the garage of the row's vehicle. No holes.
SELECT side.garage_zone
