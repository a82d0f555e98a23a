-- Statistics of the small staged tables that every projection joins; the event tables are read whole
-- whatever their statistics say. No parameters.
ANALYZE
legacy.tenants,
legacy.users,
legacy.memberships,
legacy.garages,
legacy.vehicles,
legacy.vehicles_naming_backup
