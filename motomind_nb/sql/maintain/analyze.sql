-- Statistics of the partitioned parent, which no background job gathers. Parameters: none.
ANALYZE public.vehicle_events;
