-- Purpose: how each column of a table enters its fingerprint. Two values must count as equal just
-- when COPY writes the same text for them, on any server, also where one holds them in a column of
-- another type (a domain's in its base, an unknown type's as text).
-- hashed: the type's own hash depends on every bit of a value and is cheap.
-- sent: equal hashes may hide digits (1.0 and 1.00); the bytes in which the server sends a value do
-- not, and are cheaper than text.
-- written: other built-in types, as text. Floating point has many NaNs that no text tells apart.
-- foreign: all other types, as their output function writes them, never by a cast, which may be a
-- function of anybody; and texts whose collation takes different ones for equal.
-- Parameters: table (text, the quoted name), known (text[], the built-in types that are carried as
-- themselves). Identifiers: carried (the query of that name).
-- Columns: name, how, carrier (the built-in type of its values, '' without), in the table's order.
SELECT
    a.attname::text AS name,
    CASE
        WHEN NOT coalesce(o.collisdeterministic, TRUE) THEN 'foreign'
        WHEN c.carrier IN ('bool', 'int2', 'int4', 'date', 'uuid', 'bytea', 'text', 'varchar')
            THEN 'hashed'
        WHEN c.carrier IN (
            'int8', 'numeric', 'jsonb', 'time', 'timetz', 'timestamp', 'timestamptz', 'inet', '_text'
        ) THEN 'sent'
        WHEN c.carrier = ANY(%(known)s::text[]) THEN 'written'
        ELSE 'foreign'
    END AS how,
    c.carrier
FROM pg_catalog.pg_attribute AS a
INNER JOIN ({carried}) AS c ON a.atttypid = c.type
LEFT JOIN pg_catalog.pg_collation AS o ON a.attcollation = o.oid
WHERE a.attrelid = to_regclass(%(table)s) AND a.attnum > 0 AND NOT a.attisdropped
ORDER BY a.attnum
