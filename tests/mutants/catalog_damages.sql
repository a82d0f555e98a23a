-- Damages of every object of the rebuilt schema and of what surrounds it, one each, made from the
-- server's catalog. Parameters: none. Columns: kind, place, statement (text).
WITH relation AS (
    SELECT class.oid, class.relkind, class.relispartition, class.relname, schema.nspname,
        format('%I.%I', schema.nspname, class.relname) AS name
    FROM pg_class AS class
    INNER JOIN pg_namespace AS schema ON schema.oid = class.relnamespace
    WHERE schema.nspname IN ('public', 'private', 'audit')
),

stored AS (
    SELECT * FROM relation WHERE relkind IN ('r', 'p')
),

routine AS (
    SELECT proc.oid, proc.prosecdef, proc.provolatile, proc.prorettype, proc.oid::regprocedure::text AS name,
        pg_get_function_identity_arguments(proc.oid) AS arguments, proc.prolang,
        pg_get_functiondef(proc.oid) AS definition
    FROM pg_proc AS proc
    WHERE proc.pronamespace = 'private'::regnamespace
),

key AS (
    SELECT con.conname, con.contype, con.conrelid::regclass::text AS name, pg_get_constraintdef(con.oid) AS text,
        stored.relkind, stored.relispartition
    FROM pg_constraint AS con
    INNER JOIN stored ON stored.oid = con.conrelid
    WHERE con.contype IN ('c', 'f', 'p', 'u') AND con.conparentid = 0 AND con.conislocal
        AND NOT stored.relispartition
)

SELECT 'column added' AS kind, name AS place, format('ALTER TABLE %s ADD COLUMN more text', name) AS statement
FROM stored WHERE NOT relispartition
UNION ALL
SELECT 'column renamed', stored.name || '.' || held.attname,
    format('ALTER TABLE %s RENAME COLUMN %I TO renamed', stored.name, held.attname)
FROM stored INNER JOIN pg_attribute AS held ON held.attrelid = stored.oid AND held.attnum > 0 AND NOT held.attisdropped
WHERE NOT stored.relispartition AND stored.nspname <> 'audit' AND held.attnum % 3 = 0
UNION ALL
SELECT 'default dropped', stored.name || '.' || held.attname,
    format('ALTER TABLE %s ALTER %I DROP DEFAULT', stored.name, held.attname)
FROM stored INNER JOIN pg_attribute AS held ON held.attrelid = stored.oid AND held.atthasdef AND held.attgenerated = ''
WHERE NOT stored.relispartition
UNION ALL
SELECT 'NOT NULL dropped', stored.name || '.' || held.attname,
    format('ALTER TABLE %s ALTER %I DROP NOT NULL', stored.name, held.attname)
FROM stored INNER JOIN pg_attribute AS held ON held.attrelid = stored.oid AND held.attnum > 0 AND held.attnotnull
WHERE NOT stored.relispartition AND held.attidentity = '' AND NOT EXISTS (
    SELECT FROM pg_index AS i WHERE i.indrelid = stored.oid AND i.indisprimary AND held.attnum = ANY (i.indkey)
)
UNION ALL
SELECT 'persistence', name, format('ALTER TABLE %s SET UNLOGGED', name) FROM stored WHERE relkind = 'r' AND relname NOT IN ('tenants', 'users', 'vehicles', 'garages')
UNION ALL
SELECT 'row level security off', name, format('ALTER TABLE %s DISABLE ROW LEVEL SECURITY', name)
FROM stored WHERE nspname <> 'audit'
UNION ALL
SELECT 'row level security forced', name, format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', name)
FROM stored WHERE nspname <> 'audit'
UNION ALL
SELECT 'owner of a relation', name, format('ALTER %s %s OWNER TO service_role',
    CASE relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'TABLE' END, name)
FROM relation WHERE relkind IN ('r', 'p', 'v', 'm') AND name NOT LIKE 'audit.loadable%'
UNION ALL
SELECT 'right on a relation', name || ' ' || given, format('GRANT %s ON %s TO %s', given, name, taker)
FROM relation CROSS JOIN (VALUES ('SELECT', 'anon'), ('DELETE', 'service_role'), ('INSERT', 'PUBLIC')) AS r (given, taker)
WHERE relkind IN ('r', 'p', 'v', 'm') AND name NOT LIKE 'audit.loadable%'
UNION ALL
SELECT 'right taken', relation.name || ' ' || acl.privilege_type || ' ' || acl.grantee::regrole,
    format('REVOKE %s ON %s FROM %s', acl.privilege_type, relation.name, acl.grantee::regrole)
FROM relation INNER JOIN pg_class AS class ON class.oid = relation.oid
CROSS JOIN LATERAL aclexplode(class.relacl) AS acl WHERE acl.grantee <> class.relowner
UNION ALL
SELECT 'right on a column', relation.name || '.' || held.attname,
    format('GRANT UPDATE (%I) ON %s TO anon', held.attname, relation.name)
FROM relation INNER JOIN pg_attribute AS held ON held.attrelid = relation.oid AND held.attnum IN (2, 5)
WHERE relation.relkind IN ('r', 'p') AND NOT relation.relispartition
UNION ALL
SELECT 'constraint dropped', name || ' ' || conname, format('ALTER TABLE %s DROP CONSTRAINT %I CASCADE', name, conname)
FROM key
UNION ALL
SELECT 'constraint not valid', name || ' ' || conname, format(
    'ALTER TABLE %1$s DROP CONSTRAINT %2$I; ALTER TABLE %1$s ADD CONSTRAINT %2$I %3$s NOT VALID', name, conname, text)
FROM key WHERE contype IN ('c', 'f') AND relkind = 'r'
UNION ALL
SELECT 'constraint cascades', name || ' ' || conname, format(
    'ALTER TABLE %1$s DROP CONSTRAINT %2$I; ALTER TABLE %1$s ADD CONSTRAINT %2$I %3$s ON DELETE CASCADE',
    name, conname, text)
FROM key WHERE contype = 'f'
UNION ALL
SELECT 'constraint renamed', name || ' ' || conname, format('ALTER TABLE %s RENAME CONSTRAINT %I TO other_name', name, conname)
FROM key WHERE contype IN ('c', 'f')
UNION ALL
SELECT 'index dropped', index.indexrelid::regclass::text, format('DROP INDEX %s', index.indexrelid::regclass)
FROM pg_index AS index INNER JOIN relation ON relation.oid = index.indrelid
WHERE NOT relation.relispartition AND NOT EXISTS (SELECT FROM pg_constraint AS c WHERE c.conindid = index.indexrelid)
UNION ALL
SELECT 'index not valid', index.indexrelid::regclass::text,
    format('UPDATE pg_index SET indisvalid = false WHERE indexrelid = %s', index.indexrelid)
FROM pg_index AS index INNER JOIN relation ON relation.oid = index.indrelid WHERE NOT relation.relispartition
UNION ALL
SELECT 'index added', name, format('CREATE INDEX ON %s ((1))', name) FROM stored WHERE NOT relispartition
UNION ALL
SELECT 'sequence counts otherwise', name, format('ALTER SEQUENCE %s %s', name, how.text)
FROM relation CROSS JOIN (VALUES ('CYCLE'), ('CACHE 9'), ('MAXVALUE 99999'), ('INCREMENT 2')) AS how (text)
WHERE relkind = 'S'
UNION ALL
SELECT 'index doubled', index.indexrelid::regclass::text,
    regexp_replace(pg_get_indexdef(index.indexrelid), 'INDEX \S+ ON', 'INDEX more ON')
FROM pg_index AS index INNER JOIN stored ON stored.oid = index.indrelid
WHERE NOT stored.relispartition
UNION ALL
SELECT 'view of another schema', name,
    format('CREATE SCHEMA elsewhere; CREATE VIEW elsewhere.more AS SELECT * FROM %s', name)
FROM relation WHERE relkind IN ('r', 'p', 'v', 'm') AND NOT relispartition AND nspname <> 'audit'
UNION ALL
SELECT 'trigger ' || how.word, stored.name || ' ' || trigger.tgname, format(how.text, stored.name, trigger.tgname)
FROM pg_trigger AS trigger INNER JOIN stored ON stored.oid = trigger.tgrelid
CROSS JOIN (VALUES
    ('dropped', 'DROP TRIGGER %2$I ON %1$s'), ('off', 'ALTER TABLE %1$s DISABLE TRIGGER %2$I'),
    ('for replicas', 'ALTER TABLE %1$s ENABLE REPLICA TRIGGER %2$I')
) AS how (word, text)
WHERE NOT trigger.tgisinternal AND trigger.tgparentid = 0
UNION ALL
SELECT 'trigger when false', stored.name || ' ' || trigger.tgname, format('DROP TRIGGER %I ON %s; %s', trigger.tgname, stored.name,
    replace(pg_get_triggerdef(trigger.oid), ' EXECUTE ', ' WHEN (false) EXECUTE '))
FROM pg_trigger AS trigger INNER JOIN stored ON stored.oid = trigger.tgrelid
WHERE NOT trigger.tgisinternal AND trigger.tgparentid = 0 AND trigger.tgqual IS NULL
UNION ALL
SELECT 'trigger added', name, format('CREATE TRIGGER more BEFORE INSERT ON %s FOR EACH STATEMENT EXECUTE FUNCTION private.refuse_event_change()', name)
FROM stored
UNION ALL
SELECT 'policy ' || how.word, stored.name || ' ' || policy.polname, format(how.text, policy.polname, stored.name)
FROM pg_policy AS policy INNER JOIN stored ON stored.oid = policy.polrelid
CROSS JOIN (VALUES ('dropped', 'DROP POLICY %I ON %s'), ('to PUBLIC', 'ALTER POLICY %I ON %s TO PUBLIC')) AS how (word, text)
UNION ALL
SELECT 'policy true', stored.name || ' ' || policy.polname, format('ALTER POLICY %I ON %s %s', policy.polname, stored.name,
    CASE policy.polcmd WHEN 'a' THEN 'WITH CHECK (1 = 1)' ELSE 'USING (1 = 1)' END)
FROM pg_policy AS policy INNER JOIN stored ON stored.oid = policy.polrelid
UNION ALL
SELECT 'policy added', name, format('CREATE POLICY more ON %s FOR SELECT TO authenticated USING (true)', name)
FROM stored
UNION ALL
SELECT 'rule added', name, format('CREATE RULE more AS ON %s TO %s DO INSTEAD NOTHING',
    CASE WHEN relkind = 'p' THEN 'INSERT' ELSE 'UPDATE' END, name) FROM stored
UNION ALL
SELECT 'function ' || how.word, routine.name, format(how.text, routine.name)
FROM routine CROSS JOIN (VALUES
    ('dropped', 'DROP FUNCTION %s CASCADE'), ('owner', 'ALTER FUNCTION %s OWNER TO service_role'),
    ('opened to anon', 'GRANT EXECUTE ON FUNCTION %s TO anon'), ('search path', 'ALTER FUNCTION %s SET search_path = public'),
    ('cost', 'ALTER FUNCTION %s COST 4321')
) AS how (word, text)
UNION ALL
SELECT 'function of another right', name, format('ALTER FUNCTION %s SECURITY %s', name,
    CASE WHEN prosecdef THEN 'INVOKER' ELSE 'DEFINER' END) FROM routine
UNION ALL
SELECT 'function of another volatility', name, format('ALTER FUNCTION %s %s', name,
    CASE provolatile WHEN 'v' THEN 'STABLE' ELSE 'VOLATILE' END) FROM routine
UNION ALL
SELECT 'function of another body', name, replace(definition, E'\nBEGIN\n', E'\nBEGIN\n    PERFORM 1;\n') FROM routine
WHERE definition LIKE E'%\nBEGIN\n%'
UNION ALL
SELECT 'view ' || how.word, name, format(how.text, name) FROM relation CROSS JOIN (VALUES
    ('dropped', 'DROP VIEW %s CASCADE'), ('options reset', 'ALTER VIEW %s RESET (security_invoker, security_barrier)'),
    ('options set', 'ALTER VIEW %s SET (check_option = local)')
) AS how (word, text) WHERE relkind = 'v' AND nspname <> 'audit'
AND (how.word <> 'options reset' OR oid IN (SELECT c.oid FROM pg_class AS c WHERE c.reloptions IS NOT NULL))
UNION ALL
SELECT 'view of another text', name, format('CREATE OR REPLACE VIEW %s AS %s', name,
    'SELECT * FROM (' || rtrim(pg_get_viewdef(oid), ';') || ') AS held WHERE true') FROM relation WHERE relkind = 'v' AND nspname <> 'audit'
UNION ALL
SELECT 'partition', name, format(how.text, name) FROM stored CROSS JOIN (VALUES
    ('ALTER TABLE public.vehicle_events DETACH PARTITION %s'), ('DROP TABLE %s')) AS how (text) WHERE relispartition
UNION ALL
SELECT 'schema ' || how.word, spaces.name, format(how.text, spaces.name)
FROM (VALUES ('public'), ('private'), ('audit')) AS spaces (name) CROSS JOIN (VALUES
    ('opened to anon', 'GRANT CREATE ON SCHEMA %s TO anon'), ('owner', 'ALTER SCHEMA %s OWNER TO anon'),
    ('opened to PUBLIC', 'GRANT CREATE ON SCHEMA %s TO PUBLIC'),
    ('gets a function', 'CREATE FUNCTION %s.more() RETURNS integer LANGUAGE sql AS ''SELECT 1'''),
    ('gets a table', 'CREATE TABLE %s.more (id integer)'), ('gets a view', 'CREATE VIEW %s.more AS SELECT 1 AS one'),
    ('gets a type', 'CREATE TYPE %s.more AS ENUM (''x'')'), ('gets a sequence', 'CREATE SEQUENCE %s.more')
) AS how (word, text)
UNION ALL
SELECT 'default privileges', format('%s %s', spaces.name, what.word),
    format('ALTER DEFAULT PRIVILEGES %s GRANT %s TO %s', spaces.text, what.word, taker.name)
FROM (VALUES ('every schema', ''), ('public', 'IN SCHEMA public'), ('private', 'IN SCHEMA private')) AS spaces (name, text)
CROSS JOIN (VALUES ('SELECT ON TABLES'), ('EXECUTE ON FUNCTIONS'), ('USAGE ON SEQUENCES')) AS what (word)
CROSS JOIN (VALUES ('anon'), ('authenticated')) AS taker (name)
UNION ALL
SELECT 'publication', stored.name, format('CREATE PUBLICATION more FOR TABLE %s', stored.name)
FROM stored WHERE nspname <> 'audit'
UNION ALL
SELECT 'event trigger', event.name, format(
    'CREATE FUNCTION audit.on_ddl() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN END $$;'
    ' CREATE EVENT TRIGGER more ON %s EXECUTE FUNCTION audit.on_ddl()', event.name)
FROM (VALUES ('ddl_command_start'), ('ddl_command_end'), ('sql_drop'), ('table_rewrite')) AS event (name)
UNION ALL
SELECT 'role attribute', role.name || ' ' || attribute.word, format('ALTER ROLE %s %s', role.name, attribute.word)
FROM (VALUES ('anon'), ('authenticated'), ('service_role')) AS role (name)
CROSS JOIN (VALUES ('SUPERUSER'), ('CREATEROLE'), ('CREATEDB'), ('LOGIN'), ('REPLICATION'), ('BYPASSRLS')) AS attribute (word)
WHERE (role.name, attribute.word) <> ('service_role', 'BYPASSRLS')
UNION ALL
SELECT 'membership', given.role || ' to ' || given.taker, format('GRANT %s TO %s', given.role, given.taker)
FROM (VALUES ('service_role', 'anon'), ('service_role', 'authenticated'), ('authenticated', 'anon'), ('anon', 'service_role'),
    ('pg_read_all_data', 'anon'), ('pg_write_all_data', 'anon'), ('pg_read_all_data', 'authenticated'),
    ('pg_write_all_data', 'authenticated'), ('pg_execute_server_program', 'anon'), ('pg_monitor', 'anon'),
    ('pg_read_server_files', 'service_role'), ('pg_write_server_files', 'service_role')) AS given (role, taker)
UNION ALL
SELECT 'role setting', role.name || ' ' || setting.name, format('ALTER ROLE %s SET %s = %L', role.name, setting.name, setting.value)
FROM (VALUES ('anon'), ('authenticated'), ('service_role')) AS role (name)
CROSS JOIN (VALUES ('app.tenant_id', 'x'), ('search_path', 'audit'), ('row_security', 'off'), ('session_replication_role', 'replica')) AS setting (name, value)
