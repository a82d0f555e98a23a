-- Purpose: write down that an application was taken back. Parameters: id.
UPDATE audit.application SET rolled_back_at = clock_timestamp() WHERE id = %(id)s
