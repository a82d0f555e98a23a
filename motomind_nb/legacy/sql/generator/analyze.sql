-- Purpose: let the planner know the new rows. Parameters: none.
ANALYZE
