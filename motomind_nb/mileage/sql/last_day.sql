-- The last date that the rebuilt schema accepts of an event, 30 days from today.
-- No parameters. Column: day (days since 1970-01-01).
SELECT CURRENT_DATE + 30 - DATE '1970-01-01' AS day
