-- Receives the disputed readings by COPY. Columns: source_table, source_id, vehicle_id, reason.
COPY audit.disputed (source_table, source_id, vehicle_id, reason) FROM STDIN
