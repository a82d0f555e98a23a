-- Purpose: the built-in type of each column of a table, for its fingerprint. Two values must count as
-- equal just when COPY writes the same text for them, on any server, also where one holds them in a
-- column of another type (a domain's in its base, an unknown type's as text).
-- Parameters: table (text, the quoted name). Identifiers: carried (the query of that name).
-- Columns: name, carrier ('' where there is none, and for texts whose collation takes different ones
-- for equal), in the table's order.
SELECT
    a.attname::text AS name,
    CASE WHEN coalesce(o.collisdeterministic, TRUE) THEN c.carrier ELSE '' END AS carrier
FROM pg_catalog.pg_attribute AS a
INNER JOIN ({carried}) AS c ON a.atttypid = c.type
LEFT JOIN pg_catalog.pg_collation AS o ON a.attcollation = o.oid
WHERE a.attrelid = to_regclass(%(table)s) AND a.attnum > 0 AND NOT a.attisdropped
ORDER BY a.attnum
