-- A value as the text in which it is compared, as JSON. Hole: value.
SELECT to_jsonb(({value})::text)
