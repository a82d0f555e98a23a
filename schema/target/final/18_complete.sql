-- The last step: every partition gets what it does not inherit, and the API in front of the database,
-- where there is one, reads the schema again after the commit.

DO $complete$
BEGIN
    PERFORM private.complete_partition(bounds.partition)
    FROM private.event_partition AS bounds
    ORDER BY bounds.partition::text;
END
$complete$;

NOTIFY pgrst, 'reload schema';
