-- Purpose: whether the source has both its images and the list of stored files, and lets us read them.
-- %(images)s: the table of the images, as text. Column: boolean.
SELECT coalesce(
    has_table_privilege(to_regclass(%(images)s), 'SELECT')
    AND has_schema_privilege(to_regnamespace('storage'), 'USAGE')
    AND has_table_privilege(to_regclass('storage.objects'), 'SELECT')
    AND 2 = (
        SELECT count(*)
        FROM pg_catalog.pg_attribute AS attribute
        WHERE attribute.attrelid = to_regclass('storage.objects') AND attribute.attname IN ('bucket_id', 'name')
    ),
    false
)
