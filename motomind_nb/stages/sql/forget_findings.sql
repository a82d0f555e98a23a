-- Purpose: take back an earlier try's findings of one stage. Parameters: run, stage.
DELETE FROM audit.finding WHERE run_id = %(run)s AND stage = %(stage)s
