-- Purpose: a function of the source in the staged schema.
-- Identifiers: schema; text (all that follows the schema in the function's definition).
CREATE OR REPLACE FUNCTION {schema}.{text}
