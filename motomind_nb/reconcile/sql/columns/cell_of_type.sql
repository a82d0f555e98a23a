-- A value of its own type as JSON; JSON null and no value stay apart. Hole: value.
SELECT to_jsonb({value})
