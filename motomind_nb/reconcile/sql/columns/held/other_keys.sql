-- An event's payload without the keys that the mapping knows; what is no object is shown as it is.
-- Hole: keys (a list of texts).
SELECT CASE WHEN jsonb_typeof(side.payload) = 'object' THEN side.payload - {keys}::text[] ELSE side.payload END
