-- The name of a tenant, from the rebuilt table. Parameters: tenant (uuid). Columns: name (text).
SELECT tenant.name FROM public.tenants AS tenant WHERE tenant.id = %(tenant)s;
