-- Events that private.timeline does not hold: lost are those that were loaded, because every refresh
-- has seen them; missing are those written since. How long they can be missing is told by
-- private.job_log, because an event may state any time of its own, or none. Parameters: none.
-- Columns: age (text, since the last good refresh, NULL = none), late (boolean: for longer than 15
-- minutes, three runs of the job), lost, missing (events), lost_digest, digest (text, over all their
-- ids), lost_samples, samples (text[], five ids).
WITH absent AS (
    SELECT
        event.id::text AS id,
        sha256(convert_to(event.id::text, 'UTF8')) AS mark,
        loaded.event_id IS NOT NULL AS was_loaded
    FROM {target}.vehicle_events AS event
    LEFT JOIN private.event_source AS loaded ON event.id = loaded.event_id AND event.date = loaded.event_date
    WHERE
        NOT EXISTS (
            SELECT FROM private.timeline AS held
            WHERE held.id = event.id AND held.date = event.date
        )
)

SELECT
    date_trunc('second', good.age)::text AS age,
    coalesce(good.age > interval '15 minutes', true) AS late,
    (SELECT count(*) FROM absent WHERE absent.was_loaded) AS lost,
    (SELECT count(*) FROM absent WHERE NOT absent.was_loaded) AS missing,
    (
        SELECT encode(sha256(string_agg(absent.mark, ''::bytea ORDER BY absent.mark)), 'hex')
        FROM absent WHERE absent.was_loaded
    ) AS lost_digest,
    (
        SELECT encode(sha256(string_agg(absent.mark, ''::bytea ORDER BY absent.mark)), 'hex')
        FROM absent WHERE NOT absent.was_loaded
    ) AS digest,
    ARRAY(SELECT absent.id FROM absent WHERE absent.was_loaded ORDER BY absent.id LIMIT 5) AS lost_samples,
    ARRAY(SELECT absent.id FROM absent WHERE NOT absent.was_loaded ORDER BY absent.id LIMIT 5) AS samples
FROM (
    SELECT statement_timestamp() - max(log.finished_at) AS age
    FROM private.job_log AS log
    WHERE log.job = 'refresh timeline' AND log.succeeded AND log.finished_at <= statement_timestamp()
) AS good
