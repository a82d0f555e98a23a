-- Purpose: the last value that a sequence gave. Identifiers: name (a literal), number.
SELECT pg_catalog.setval({name}, {number})
