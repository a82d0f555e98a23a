-- Resolves no name without its schema until the transaction ends, so that the server writes every
-- name in full, whoever asks. Parameters: none. Columns: search_path (text).
SELECT set_config('search_path', '', true) AS search_path;
