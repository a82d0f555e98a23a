-- Whether an array has several dimensions, or counts from another number than one. Hole: column.
SELECT array_ndims(side.{column}) > 1 OR array_lower(side.{column}, 1) <> 1
