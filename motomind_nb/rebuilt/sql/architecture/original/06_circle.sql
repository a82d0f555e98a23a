-- The original design's circle, closed after the fixture: a tenant needs its creator, who needs
-- a tenant.
ALTER TABLE original_design.tenants
ADD COLUMN created_by uuid NOT NULL DEFAULT 'a0000000-0000-4000-8000-000000000002'
REFERENCES original_design.users (id);

ALTER TABLE original_design.tenants ALTER COLUMN created_by DROP DEFAULT;
