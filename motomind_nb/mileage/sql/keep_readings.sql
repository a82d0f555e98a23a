-- Receives by COPY the readings that are more than a plain reading on its chain.
-- Columns: run_id, side (before, after), position (in order of vehicle and time, from 1),
-- vehicle_id, tenant_id, source, source_id, date, local_time, miles (miles), chain, on_chain,
-- class, suggestion (miles).
COPY audit.reading (
    run_id, side, position, vehicle_id, tenant_id, source, source_id, date, local_time, miles,
    chain, on_chain, class, suggestion
) FROM STDIN
