-- Purpose: which of some addresses, a bucket and a name each, are those of stored files.
-- %(addresses)s: text[]. Column: address (text).
SELECT stored.bucket_id || '/' || stored.name AS address
FROM storage.objects AS stored
WHERE stored.bucket_id || '/' || stored.name = ANY(%(addresses)s)
