-- The name, or where it is blank the one of the naming backup. Hole: column.
SELECT coalesce(CASE WHEN trim(side.{column}) = '' THEN side.backup_name END, side.{column})
