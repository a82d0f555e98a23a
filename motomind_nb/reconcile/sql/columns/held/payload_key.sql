-- The value of one key of an event's payload. Hole: key (as text).
SELECT side.payload -> {key}
