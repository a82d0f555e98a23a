-- Purpose: the publications that name a moved table as it is (without filter or columns), in which the
-- rebuilt table of the same name takes its place. Parameters: schema (text), names (text[]).
-- Hole: published (see parts/published). Columns: publication, name (text).
SELECT
    member.publication::text AS publication,
    member.table_name::text AS name
FROM ({published}) AS member
WHERE member.is_whole
ORDER BY member.publication, member.table_name
