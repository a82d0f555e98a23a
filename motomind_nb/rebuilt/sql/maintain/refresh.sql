-- Refreshes the timeline and logs the outcome.
-- Parameters: none. Columns: failure (text, NULL when it succeeded).
SELECT private.refresh_timeline() AS failure;
