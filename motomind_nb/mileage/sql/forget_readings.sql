-- Removes the readings of an earlier pass of the same run. %(run_id)s: the run.
DELETE FROM audit.reading WHERE run_id = %(run_id)s
