-- Purpose: drop a schema that is empty; anything in it makes this fail. Hole: schema.
DROP SCHEMA {schema}
