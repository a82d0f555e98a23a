-- The word that says where a time zone comes from; none without a zone. No holes.
SELECT left('garage', CASE WHEN side.garage_zone IS NULL THEN NULL ELSE 6 END)
