-- Statistics of the loaded tables; the wide columns of events are never searched. No parameters.
ANALYZE
public.tenants,
public.users,
private.memberships,
public.garages,
public.vehicles,
public.vehicle_images,
public.reminders,
public.vehicle_events (id, tenant_id, vehicle_id, type, date, local_time, miles, disputed, chain, created_at),
private.event_source
