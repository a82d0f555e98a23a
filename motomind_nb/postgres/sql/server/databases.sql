-- Purpose: the databases of the server. Columns: datname (name).
SELECT datname FROM pg_database WHERE NOT datistemplate ORDER BY datname
