-- The scheduled job has run: one score per vehicle.

REFRESH MATERIALIZED VIEW vehicle_health_scores;
