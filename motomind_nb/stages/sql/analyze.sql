-- Purpose: fresh statistics after a load, so that the comparisons get good plans. Samples of 3,000 rows
-- are enough for sizes and distinct keys; those of 30,000 that a server takes for its users cost six
-- times as much, most of it for JSON that no plan asks about. Autovacuum takes larger ones later.
-- Hole: tables, a list.
SET LOCAL default_statistics_target TO 10;

ANALYZE {tables}
