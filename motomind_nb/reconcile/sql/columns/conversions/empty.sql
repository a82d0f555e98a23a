-- No value in any row. No holes.
SELECT NULL::text
