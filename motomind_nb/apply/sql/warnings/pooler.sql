-- Purpose: whether a pooler stands between, by the id of the session, which poolers make up. Parameters:
-- session (integer, the id that the client was told). Columns: subject, found (text).
SELECT
    'connection' AS subject,
    'it goes through a pooler: an apply is one transaction and runs through it, but settings may stay in the'
    ' sessions that it hands to others; a connection to the server itself is better' AS found
WHERE pg_backend_pid() <> %(session)s::integer
