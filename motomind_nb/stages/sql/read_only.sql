-- Purpose: a session that can't write, for what notebooks show.
SET default_transaction_read_only = on
