-- Purpose: garages that break a rule of public.garages. Columns: key, rule (text).
-- Rule: name is not blank | public.garages | quarantined
SELECT
    garage.id::text AS key,
    CASE WHEN btrim(garage.name) = '' THEN 'name is not blank' END AS rule
FROM legacy.garages AS garage
