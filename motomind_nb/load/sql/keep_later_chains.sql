-- Receives the readings of later chains by COPY. Columns: source_table, source_id, vehicle_id, chain
-- (number, from 2).
COPY audit.later_chain (source_table, source_id, vehicle_id, chain) FROM STDIN
