-- Tries INSERT on a relation without touching a row that stays (rolled back).
-- Parameters: {relation}.
INSERT INTO {relation} SELECT * FROM {relation} LIMIT 0;
