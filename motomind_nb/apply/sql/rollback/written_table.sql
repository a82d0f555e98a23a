-- Purpose: the keys of what differs between the rebuilt tables and what legacy gives, until the end of the
-- transaction. Columns: table_name, kind (new, changed, gone), key_one, key_two (uuid).
CREATE TEMPORARY TABLE motomind_written (
    table_name text NOT NULL,
    kind text NOT NULL,
    key_one uuid,
    key_two uuid
) ON COMMIT DROP
