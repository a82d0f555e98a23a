-- Purpose: tables of publications that have no successor of their name: they stay published from where
-- they go, and nobody writes there any more. Parameters: schema (text), names (text[], the legacy
-- relations), replaced (text[], those with a successor). Hole: published (see parts/published).
-- Columns: subject, found (text).
SELECT
    'publication ' || member.publication AS subject,
    member.table_name || ' has no rebuilt table of its name: it stays published from schema legacy' AS found
FROM ({published}) AS member
WHERE member.table_name <> ALL(%(replaced)s::text[])
ORDER BY subject, found
