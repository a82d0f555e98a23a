-- A database as Supabase hands it over, run by the server's superuser: its roles, schemas, default
-- privileges, event triggers, publication and settings. fleet_owner stands for the owner whom a
-- project's migrations run as: no superuser, a member of the three roles of the API.

CREATE ROLE supabase_admin LOGIN SUPERUSER;
CREATE ROLE fleet_owner LOGIN CREATEDB CREATEROLE REPLICATION BYPASSRLS;
CREATE ROLE authenticator LOGIN NOINHERIT;
CREATE ROLE anon NOLOGIN;
CREATE ROLE authenticated NOLOGIN;
CREATE ROLE service_role NOLOGIN BYPASSRLS;
GRANT anon, authenticated, service_role TO authenticator, fleet_owner;
ALTER ROLE anon SET statement_timeout = '3s';
ALTER ROLE authenticated SET statement_timeout = '8s';
ALTER ROLE authenticator SET statement_timeout = '8s';
ALTER ROLE authenticator SET lock_timeout = '8s';
ALTER ROLE fleet_owner SET search_path = "$user", public, extensions;

CREATE SCHEMA extensions AUTHORIZATION supabase_admin;
CREATE FUNCTION extensions.uuid_generate_v4() RETURNS uuid LANGUAGE sql
AS 'SELECT gen_random_uuid()';

CREATE SCHEMA auth AUTHORIZATION supabase_admin;
CREATE TABLE auth.users (id uuid PRIMARY KEY, email text, raw_app_meta_data jsonb);
CREATE FUNCTION auth.uid() RETURNS uuid LANGUAGE sql STABLE
AS $$ SELECT (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')::uuid $$;
GRANT ALL ON auth.users TO fleet_owner;

CREATE SCHEMA storage AUTHORIZATION supabase_admin;
CREATE TABLE storage.buckets (id text PRIMARY KEY, name text NOT NULL);
CREATE TABLE storage.objects (
    id uuid PRIMARY KEY, bucket_id text REFERENCES storage.buckets, name text, owner uuid
);
ALTER TABLE storage.objects ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_pictures ON storage.objects FOR SELECT TO authenticated USING (owner = auth.uid());
GRANT ALL ON storage.buckets, storage.objects TO anon, authenticated, service_role, fleet_owner;

CREATE SCHEMA graphql_public AUTHORIZATION supabase_admin;
CREATE FUNCTION graphql_public.graphql(query text) RETURNS jsonb LANGUAGE sql AS 'SELECT NULL::jsonb';
CREATE SCHEMA realtime AUTHORIZATION supabase_admin;
CREATE TABLE realtime.subscription (id bigint PRIMARY KEY, entity regclass);

GRANT USAGE ON SCHEMA public, extensions, auth, storage, graphql_public, realtime
TO fleet_owner, anon, authenticated, service_role;
GRANT CREATE ON SCHEMA extensions TO fleet_owner;

ALTER DEFAULT PRIVILEGES FOR ROLE fleet_owner, supabase_admin IN SCHEMA public
GRANT ALL ON TABLES TO fleet_owner, anon, authenticated, service_role;
ALTER DEFAULT PRIVILEGES FOR ROLE fleet_owner, supabase_admin IN SCHEMA public
GRANT ALL ON SEQUENCES TO fleet_owner, anon, authenticated, service_role;
ALTER DEFAULT PRIVILEGES FOR ROLE fleet_owner, supabase_admin IN SCHEMA public
GRANT ALL ON FUNCTIONS TO fleet_owner, anon, authenticated, service_role;

CREATE FUNCTION extensions.watch_ddl() RETURNS event_trigger LANGUAGE plpgsql AS $$
DECLARE
    command record;
BEGIN
    FOR command IN SELECT * FROM pg_event_trigger_ddl_commands() LOOP
        IF command.command_tag IN ('CREATE TABLE', 'ALTER TABLE', 'CREATE VIEW', 'CREATE FUNCTION')
            AND command.schema_name IS DISTINCT FROM 'pg_temp'
        THEN
            NOTIFY pgrst, 'reload schema';
        END IF;
    END LOOP;
END
$$;
CREATE FUNCTION extensions.watch_drop() RETURNS event_trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM pg_event_trigger_dropped_objects() AS gone
        WHERE gone.object_type IN ('table', 'view', 'function') AND NOT gone.is_temporary
    ) THEN
        NOTIFY pgrst, 'reload schema';
    END IF;
END
$$;
CREATE FUNCTION extensions.grant_cron_access() RETURNS event_trigger LANGUAGE plpgsql AS $$
BEGIN
    IF to_regnamespace('cron') IS NOT NULL THEN
        GRANT USAGE ON SCHEMA cron TO fleet_owner;
    END IF;
END
$$;
CREATE EVENT TRIGGER pgrst_ddl_watch ON ddl_command_end
EXECUTE FUNCTION extensions.watch_ddl();
CREATE EVENT TRIGGER pgrst_drop_watch ON sql_drop
EXECUTE FUNCTION extensions.watch_drop();
CREATE EVENT TRIGGER issue_pg_cron_access ON ddl_command_end WHEN TAG IN ('CREATE EXTENSION')
EXECUTE FUNCTION extensions.grant_cron_access();

CREATE PUBLICATION supabase_realtime;
ALTER PUBLICATION supabase_realtime OWNER TO fleet_owner;

-- A function of the project's own in schema public: newer projects switch row level security on with it.
CREATE FUNCTION public.enable_row_security() RETURNS event_trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    command record;
BEGIN
    FOR command IN
        SELECT * FROM pg_event_trigger_ddl_commands() AS every
        WHERE every.command_tag = 'CREATE TABLE' AND every.schema_name = 'public'
    LOOP
        EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', command.object_identity);
    END LOOP;
END
$$;
CREATE EVENT TRIGGER ensure_row_security ON ddl_command_end WHEN TAG IN ('CREATE TABLE')
EXECUTE FUNCTION public.enable_row_security();
