-- Images whose storage path names no folder, so that it alone leads to no file: one finding.
-- No parameters. Columns: check, subject, expected, found, status, detail.
SELECT
    'load image path' AS check,
    'vehicle_images.storage_path' AS subject,
    'a path with its folder' AS expected,
    count(*) || CASE count(*) WHEN 1 THEN ' row' ELSE ' rows' END || ' without one' AS found,
    'warn' AS status,
    'loaded as it is; the public_url may still lead to the file; first: ' || min(i.id::text) AS detail
FROM {target}.vehicle_images AS i
WHERE (i.storage_path ~ '[^/]/[^/]') IS NOT TRUE
HAVING count(*) > 0
