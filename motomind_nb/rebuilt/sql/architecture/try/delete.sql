-- Tries DELETE on a relation without touching a row that stays (rolled back).
-- Parameters: {relation}.
DELETE FROM {relation} WHERE false;
