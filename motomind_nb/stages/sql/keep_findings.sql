-- Purpose: copy a stage's findings, in their order, beside what they speak of.
COPY audit.finding (
    run_id, position, stage, check_name, subject, expected, found, status, detail, rows, digest,
    accepted
) FROM STDIN
