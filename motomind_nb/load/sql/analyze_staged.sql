-- Statistics of the small staged tables that every projection joins; the event tables are read whole
-- whatever their statistics say. No parameters.
ANALYZE
{source}.tenants,
{source}.users,
{source}.memberships,
{source}.garages,
{source}.vehicles,
{source}.vehicles_naming_backup
