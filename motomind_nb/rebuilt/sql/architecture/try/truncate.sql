-- Tries TRUNCATE on a relation without touching a row that stays (rolled back).
-- Parameters: {relation}.
TRUNCATE {relation};
