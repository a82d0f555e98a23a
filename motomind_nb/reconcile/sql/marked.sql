-- How many readings are marked as disputed. No parameters. Column: rows.
SELECT count(*) AS rows FROM audit.disputed AS d
