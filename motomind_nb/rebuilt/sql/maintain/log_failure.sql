-- Writes down a job that failed and was rolled back.
-- Parameters: job (text), message (text).
INSERT INTO private.job_log (job, started_at, finished_at, succeeded, message)
VALUES (%(job)s, clock_timestamp(), clock_timestamp(), false, %(message)s);
