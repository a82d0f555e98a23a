-- Keeps what try/all is to try in a setting of the transaction.
-- Parameters: tried (jsonb: commands, stops; see there). Columns: tried (text).
SELECT set_config('motomind.tried', %(tried)s::text, true) AS tried
