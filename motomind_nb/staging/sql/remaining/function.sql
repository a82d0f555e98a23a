-- Purpose: a function; the definition begins with its name. Identifiers: schema; definition.
CREATE OR REPLACE FUNCTION {schema}.{definition}
