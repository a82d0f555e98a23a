-- Purpose: keeps two sessions from doing the jobs at once, which would wait for each other's locks.
-- Parameters: none. Columns: locked (boolean, false while another session does them).
SELECT pg_try_advisory_lock(hashtext('motomind maintain')) AS locked
