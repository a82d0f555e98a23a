-- How many marks the load left on readings: disputed ones and ones of a later chain.
-- No parameters. Columns: disputed, later (rows).
SELECT
    (SELECT count(*) FROM audit.disputed) AS disputed,
    (SELECT count(*) FROM audit.later_chain) AS later
