-- Purpose: statistics of what was just loaded, from small samples (as a rehearsal takes them). Hole:
-- tables, a list.
SET LOCAL default_statistics_target TO 10;

ANALYZE {tables}
