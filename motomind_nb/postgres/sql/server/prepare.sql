-- Purpose: what Supabase has and an empty database lacks: the API roles, schema extensions and a
-- stand-in for uuid-ossp's uuid_generate_v4. Two sessions may run it at once on one server: the
-- advisory lock and the duplicate-object handler keep the second from failing.
DO $prepare$
BEGIN
    PERFORM pg_advisory_xact_lock(7261937);
    IF to_regrole('anon') IS NULL THEN
        CREATE ROLE anon NOLOGIN;
    END IF;
    IF to_regrole('authenticated') IS NULL THEN
        CREATE ROLE authenticated NOLOGIN;
    END IF;
    IF to_regrole('service_role') IS NULL THEN
        CREATE ROLE service_role NOLOGIN BYPASSRLS;
    END IF;
EXCEPTION
    WHEN duplicate_object OR unique_violation THEN
        NULL;
END
$prepare$;

CREATE SCHEMA IF NOT EXISTS extensions;
GRANT USAGE ON SCHEMA extensions TO anon, authenticated, service_role;
GRANT USAGE ON SCHEMA public TO anon, authenticated, service_role;

CREATE OR REPLACE FUNCTION extensions.uuid_generate_v4() RETURNS uuid
LANGUAGE sql VOLATILE PARALLEL SAFE
SET search_path = ''
AS 'SELECT pg_catalog.gen_random_uuid()';

COMMENT ON FUNCTION extensions.uuid_generate_v4() IS 'stand-in for the extension uuid-ossp';
