-- Purpose: a scratch schema for the legacy tables, and what their defaults call. It is rolled back.
CREATE SCHEMA motomind_scratch;

CREATE SCHEMA IF NOT EXISTS extensions;

DO $stand_in$
BEGIN
    IF to_regprocedure('extensions.uuid_generate_v4()') IS NULL THEN
        CREATE FUNCTION extensions.uuid_generate_v4() RETURNS uuid
        LANGUAGE sql VOLATILE
        SET search_path = ''
        AS 'SELECT pg_catalog.gen_random_uuid()';
    END IF;
END
$stand_in$
