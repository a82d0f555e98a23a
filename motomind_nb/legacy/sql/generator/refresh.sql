-- Purpose: one health score per vehicle, as the scheduled job would make it. Parameters: none.
REFRESH MATERIALIZED VIEW vehicle_health_scores
