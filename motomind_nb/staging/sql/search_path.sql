-- Purpose: the search path in force. Columns: search_path (text).
SELECT current_setting('search_path') AS search_path
