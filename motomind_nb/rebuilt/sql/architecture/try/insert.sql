-- Tries INSERT on a relation without touching a row that stays (rolled back).
-- Parameters: {relation}, {column}.
INSERT INTO {relation} ({column}) SELECT {column} FROM {relation} LIMIT 0;
