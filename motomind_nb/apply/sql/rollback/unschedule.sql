-- Purpose: take a job from pg_cron. Parameters: name.
SELECT cron.unschedule(%(name)s)
