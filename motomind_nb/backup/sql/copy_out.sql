-- Purpose: all rows of a relation as CSV; NULL is \N without quotes, so that it differs from ''.
-- Identifiers: relation.
COPY (SELECT * FROM {relation}) TO STDOUT (FORMAT csv, HEADER TRUE, NULL '\N', ENCODING 'UTF8')
