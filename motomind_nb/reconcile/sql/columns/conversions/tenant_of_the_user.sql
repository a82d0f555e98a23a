-- The tenant that the user's memberships give. No holes.
SELECT side.home_tenant
