-- A tenant and its first two users come into being by plain INSERTs, in that order.

-- prove: fix 1: the first tenant needs nobody
-- original: 23502
-- rebuilt: INSERT 0 1
INSERT INTO tenants (name) VALUES ('My Company');

-- prove: fix 1: the first user of a tenant was created by nobody, the second by the first
-- rebuilt: INSERT 0 1
INSERT INTO tenants (id, name) VALUES ('c0000000-0000-4000-8000-000000000001', 'My Company');
INSERT INTO users (id, tenant_id, email, name, created_by) VALUES (
    'c0000000-0000-4000-8000-000000000002', 'c0000000-0000-4000-8000-000000000001',
    'first@proof.example', 'First', NULL
);
INSERT INTO users (tenant_id, email, name, created_by) VALUES (
    'c0000000-0000-4000-8000-000000000001', 'second@proof.example', 'Second',
    'c0000000-0000-4000-8000-000000000002'
);
