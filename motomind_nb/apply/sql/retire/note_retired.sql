-- Purpose: write down who let the old schema go, and why. Parameters: id, by, reason.
UPDATE audit.application
SET retired_at = clock_timestamp(), retired_by = %(by)s, retired_reason = %(reason)s
WHERE id = %(id)s
