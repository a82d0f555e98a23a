-- Purpose: keep a stage's findings, in their order.
COPY audit.finding (
    run_id, stage, position, check_name, subject, expected, actual, status, detail, accepted
) FROM STDIN
