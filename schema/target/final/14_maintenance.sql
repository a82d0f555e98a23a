-- The jobs: refresh the timeline, keep partitions two years ahead, watch what should stay
-- empty. Each run is logged, a failed one too. Called by pg_cron or by motomind maintain.

-- Refreshes the timeline and logs the outcome. Returns NULL, or the reason of the failure:
-- raising it here would take the log entry back. Readers are not blocked by the refresh.
CREATE FUNCTION private.refresh_timeline()
RETURNS text
LANGUAGE plpgsql
SET search_path = ''
AS $refresh_timeline$
DECLARE
    started timestamp with time zone := clock_timestamp();
    failure text;
BEGIN
    BEGIN
        IF (SELECT relispopulated FROM pg_catalog.pg_class WHERE oid = 'private.timeline'::regclass) THEN
            REFRESH MATERIALIZED VIEW CONCURRENTLY private.timeline;
        ELSE
            REFRESH MATERIALIZED VIEW private.timeline;
        END IF;
    EXCEPTION WHEN OTHERS THEN
        failure := SQLSTATE || ': ' || SQLERRM;
    END;
    INSERT INTO private.job_log (job, started_at, finished_at, succeeded, message)
    VALUES ('refresh timeline', started, clock_timestamp(), failure IS NULL, coalesce(failure, ''));
    RETURN failure;
END
$refresh_timeline$;

-- Freshness of the timeline: one row. age is the time since the last refresh that succeeded. One that
-- holds every event is fresh whatever its age; one that lacks some is late after 15 minutes, which
-- are three runs of the job. That the last refresh failed counts too: the next event would not show.
CREATE VIEW private.timeline_freshness WITH (security_invoker = true) AS
SELECT
    newest.succeeded AS last_refresh_succeeded,
    newest.message AS last_message,
    newest.finished_at AS last_refresh_at,
    good.finished_at AS fresh_as_of,
    now() - good.finished_at AS age,
    (
        SELECT count(*) FROM {target}.vehicle_events AS event
        WHERE NOT EXISTS (
            SELECT FROM private.timeline AS held
            WHERE held.id = event.id AND held.date = event.date
        )
    ) AS missing_events,
    coalesce(newest.succeeded, true) AND (
        coalesce(good.finished_at > now() - INTERVAL '15 minutes', false)
        OR NOT EXISTS (
            SELECT FROM {target}.vehicle_events AS event
            WHERE NOT EXISTS (
                SELECT FROM private.timeline AS held
                WHERE held.id = event.id AND held.date = event.date
            )
        )
    ) AS is_fresh
FROM (SELECT 'refresh timeline' AS job) AS wanted
LEFT JOIN LATERAL (
    SELECT
        log.succeeded,
        log.message,
        log.finished_at
    FROM private.job_log AS log
    WHERE log.job = wanted.job
    ORDER BY log.id DESC
    LIMIT 1
) AS newest ON true
LEFT JOIN LATERAL (
    SELECT log.finished_at
    FROM private.job_log AS log
    WHERE log.job = wanted.job AND log.succeeded
    ORDER BY log.id DESC
    LIMIT 1
) AS good ON true;

-- Fails when the timeline lacks events for longer than 15 minutes or its last refresh failed, so
-- that a scheduler which only knows failed jobs shows it too.
CREATE FUNCTION private.assert_timeline_fresh()
RETURNS void
LANGUAGE plpgsql
SET search_path = ''
AS $assert_timeline_fresh$
DECLARE
    freshness record;
BEGIN
    SELECT current.fresh_as_of, current.last_message INTO freshness
    FROM private.timeline_freshness AS current
    WHERE NOT current.is_fresh;
    IF FOUND THEN
        RAISE EXCEPTION 'The timeline is as of % and lacks % events, the last refresh says: %',
            coalesce(freshness.fresh_as_of::text, 'never'),
            (SELECT late.missing_events FROM private.timeline_freshness AS late),
            coalesce(nullif(freshness.last_message, ''), 'nothing');
    END IF;
END
$assert_timeline_fresh$;

-- Years that wait in the default partition: each row is a partition that is missing. year is
-- NULL for dates that no partition can hold (infinity, or outside the years 1 to 9999).
CREATE VIEW private.waiting_event WITH (security_invoker = true) AS
SELECT
    waiting.year,
    count(*) AS events
FROM (
    SELECT
        CASE
            WHEN event.date BETWEEN '0001-01-01' AND '9999-12-31'
                THEN extract(YEAR FROM event.date)::integer
        END AS year
    FROM {target}.vehicle_events_default AS event
) AS waiting
GROUP BY waiting.year;

-- Creates every partition that is missing up to two years ahead of a day, holes included, and
-- those that rows of the default partition wait for; completes all. Returns how many are new.
CREATE FUNCTION private.keep_partitions_ahead(today date DEFAULT current_date)
RETURNS integer
LANGUAGE plpgsql
SET search_path = ''
AS $keep_partitions_ahead$
DECLARE
    started timestamp with time zone := clock_timestamp();
    created integer := 0;
    wanted integer;
    all_wanted integer [] := ARRAY(
        SELECT year FROM generate_series(2024, extract(year FROM today)::integer + 2) AS year
        UNION
        SELECT waiting.year FROM private.waiting_event AS waiting WHERE waiting.year IS NOT NULL
        ORDER BY 1
    );
BEGIN
    FOREACH wanted IN ARRAY all_wanted LOOP
        created := created + (SELECT count(*) FROM private.create_partitions(wanted));
    END LOOP;
    PERFORM private.complete_partition(lacking.partition)
    FROM (SELECT DISTINCT fault.partition FROM private.partition_fault AS fault) AS lacking;
    INSERT INTO private.job_log (job, started_at, finished_at, succeeded, message)
    VALUES ('partitions', started, clock_timestamp(), true, created || ' new');
    DELETE FROM private.job_log AS log
    WHERE log.finished_at < now() - INTERVAL '90 days' AND log.message NOT LIKE 'registered as job %';
    RETURN created;
END
$keep_partitions_ahead$;

-- Event ids that more than one event carries, on different dates: the key allows them.
CREATE VIEW private.repeated_event_id WITH (security_invoker = true) AS
SELECT
    event.id,
    count(*) AS events
FROM {target}.vehicle_events AS event
GROUP BY event.id
HAVING count(*) > 1;
