-- Purpose: a procedure; the definition begins with its name. Identifiers: schema; definition.
CREATE OR REPLACE PROCEDURE {schema}.{definition}
