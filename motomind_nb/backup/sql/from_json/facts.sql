-- Purpose: facts of the server that the export file's values went through.
-- Columns: kind, server_version, server_version_num, encoding (all text).
SELECT
    'json' AS kind,
    current_setting('server_version') AS server_version,
    current_setting('server_version_num') AS server_version_num,
    current_setting('server_encoding') AS encoding
