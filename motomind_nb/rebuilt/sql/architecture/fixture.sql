-- Two tenants, A and B, with a user, a garage and a vehicle each, for both designs:
-- the search_path says for which. Rolled back with everything else.
INSERT INTO tenants (id, name, updated_at) VALUES
('a0000000-0000-4000-8000-000000000001', 'Proof tenant A', '2020-01-01'),
('b0000000-0000-4000-8000-000000000001', 'Proof tenant B', '2020-01-01');

INSERT INTO users (id, tenant_id, email, name) VALUES
(
    'a0000000-0000-4000-8000-000000000002', 'a0000000-0000-4000-8000-000000000001',
    'a@proof.example', 'User A'
),
(
    'b0000000-0000-4000-8000-000000000002', 'b0000000-0000-4000-8000-000000000001',
    'b@proof.example', 'User B'
);

INSERT INTO garages (id, tenant_id, name) VALUES
(
    'a0000000-0000-4000-8000-000000000003', 'a0000000-0000-4000-8000-000000000001',
    'Garage A'
),
(
    'b0000000-0000-4000-8000-000000000003', 'b0000000-0000-4000-8000-000000000001',
    'Garage B'
);

INSERT INTO vehicles (id, tenant_id, garage_id, nickname, created_by) VALUES
(
    'a0000000-0000-4000-8000-000000000004', 'a0000000-0000-4000-8000-000000000001',
    'a0000000-0000-4000-8000-000000000003', 'Van A', 'a0000000-0000-4000-8000-000000000002'
),
(
    'b0000000-0000-4000-8000-000000000004', 'b0000000-0000-4000-8000-000000000001',
    'b0000000-0000-4000-8000-000000000003', 'Van B', 'b0000000-0000-4000-8000-000000000002'
);
