-- Purpose: lets other sessions do the jobs again. Parameters: none. Columns: unlocked (boolean).
SELECT pg_advisory_unlock(hashtext('motomind maintain')) AS unlocked
