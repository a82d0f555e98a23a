-- Purpose: which of some texts name something that the migration moves. Parameters: texts (array), words
-- (a regular expression for names in texts). Columns: place (in the array, from 1), depends_on.
SELECT
    t.place,
    string_agg(DISTINCT lower(coalesce(f.name[1], f.name[2])), ', ') AS depends_on
FROM unnest(%(texts)s::text[]) WITH ORDINALITY AS t (text, place)
CROSS JOIN LATERAL regexp_matches(t.text, %(words)s, 'gi') AS f (name)
GROUP BY t.place
ORDER BY t.place
