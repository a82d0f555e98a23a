-- Purpose: put the search path back until the transaction ends. Parameters: search_path (text).
SELECT set_config('search_path', %(search_path)s, true) AS search_path
