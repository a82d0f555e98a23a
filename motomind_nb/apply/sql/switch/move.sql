-- Purpose: move a relation with all that hangs on it. Holes: kind (TABLE, VIEW, MATERIALIZED VIEW), object
-- (qualified), schema (where to).
ALTER {kind} {object} SET SCHEMA {schema}
