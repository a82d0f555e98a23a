-- Tries UPDATE on a relation without touching a row that stays (rolled back).
-- Parameters: {relation}, {column}.
UPDATE {relation} SET {column} = {column} WHERE false;
