-- The session of a design's proofs: its schema first, no tenant and no claims, one time zone.
-- Parameters: {schema} (the design's schema).
SET LOCAL search_path TO {schema};
SELECT
    set_config('app.tenant_id', '', true),
    set_config('request.jwt.claims', '', true),
    set_config('TimeZone', 'UTC', true);
