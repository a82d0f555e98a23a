-- A payload without its known keys: nothing. No holes.
SELECT '{{}}'::jsonb
