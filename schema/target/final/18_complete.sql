-- The last step: every partition gets what it does not inherit, the timeline is filled, and the
-- API in front of the database, where there is one, reads the schema again after the commit.

DO $complete$
DECLARE
    failure text;
BEGIN
    PERFORM private.complete_partition(bounds.partition)
    FROM private.event_partition AS bounds
    ORDER BY bounds.partition::text;
    failure := private.refresh_timeline();
    IF failure IS NOT NULL THEN
        RAISE EXCEPTION 'The timeline cannot be filled: %', failure;
    END IF;
END
$complete$;

NOTIFY pgrst, 'reload schema';
