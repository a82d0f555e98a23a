-- Tries commands as a role, each in a savepoint of its own that is rolled back whatever it does.
-- Identifiers: role. Settings of the transaction: motomind.tried, a JSON object with commands (array
-- of SQL texts) and stops (array of SQLSTATEs, or how they begin, that end it all with that error);
-- motomind.works, made here, has a t for each command that worked, an f for each other one.
DO $$
DECLARE
    tried CONSTANT jsonb := current_setting('motomind.tried');
    command text;
    works text := '';
BEGIN
    FOR command IN SELECT jsonb_array_elements_text(tried -> 'commands') LOOP
        BEGIN
            SET LOCAL ROLE {role};
            EXECUTE command;
            RAISE SQLSTATE 'MM000';
        EXCEPTION WHEN OTHERS THEN
            IF EXISTS (
                SELECT FROM jsonb_array_elements_text(tried -> 'stops') AS stop
                WHERE starts_with(SQLSTATE, stop)
            ) THEN
                RAISE;
            END IF;
            works := works || CASE SQLSTATE WHEN 'MM000' THEN 't' ELSE 'f' END;
        END;
    END LOOP;
    PERFORM set_config('motomind.works', works, true);
END
$$;
