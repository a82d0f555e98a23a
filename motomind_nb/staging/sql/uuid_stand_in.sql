-- Purpose: uuid_generate_v4() for the staged defaults, where the server does not have it.
CREATE FUNCTION {source}.uuid_generate_v4() RETURNS uuid
LANGUAGE sql VOLATILE PARALLEL SAFE
SET search_path = ''
AS 'SELECT pg_catalog.gen_random_uuid()'
