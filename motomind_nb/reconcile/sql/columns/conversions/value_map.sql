-- The value that the map gives in the place of the old one. Holes: column; pairs, a JSON object as text.
SELECT {pairs}::jsonb ->> side.{column}::text
