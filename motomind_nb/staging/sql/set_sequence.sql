-- Purpose: let a sequence go on where the source's stood.
-- Parameters: sequence (text, as the search path finds it), last (bigint). Columns: last (bigint).
SELECT setval(quote_ident(%(sequence)s)::regclass, %(last)s::bigint) AS last
