-- Tries SELECT on a relation without touching a row that stays (rolled back).
-- Parameters: {relation}.
SELECT FROM {relation} LIMIT 0;
