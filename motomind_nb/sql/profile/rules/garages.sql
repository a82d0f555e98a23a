-- Purpose: garages that break a rule of public.garages. Columns: key (text), one for each rule: true where broken.
-- Rule: name is not blank | public.garages | quarantined
SELECT
    garage.id::text AS key,
    (btrim(garage.name) = '') AS "name is not blank"
FROM legacy.garages AS garage
