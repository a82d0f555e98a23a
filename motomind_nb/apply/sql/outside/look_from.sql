-- Purpose: the search path, until the transaction ends. Parameters: path (text).
SELECT set_config('search_path', %(path)s, true)
