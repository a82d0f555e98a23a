-- The name of a tenant, from the rebuilt table. Parameters: tenant (uuid). Columns: name (text).
SELECT tenant.name FROM {target}.tenants AS tenant WHERE tenant.id = %(tenant)s;
