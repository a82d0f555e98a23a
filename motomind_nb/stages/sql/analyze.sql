-- Purpose: fresh statistics after a load, so that the comparisons get good plans.
ANALYZE
