-- Why a rule refuses a row: NULL where the row keeps it, or breaks it and is loaded all the same.
-- Hole: rule, its column. Column: text (code: reason).
SELECT nullif({rule}, 'loaded')
