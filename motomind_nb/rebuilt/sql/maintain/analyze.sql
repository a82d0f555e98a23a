-- Statistics of the partitioned parent, which no background job gathers. Parameters: none.
ANALYZE {target}.vehicle_events;
