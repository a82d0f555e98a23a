-- Purpose: the images whose path, with or without the bucket in front, and whose public URL, as it is
-- written, lead to no stored file. Hole: images (the table).
-- Columns: id (text), address (bucket and name in the URL as it is written, NULL in any other URL).
SELECT
    image.id,
    image.address
FROM (
    SELECT
        held.id::text AS id,
        ltrim(held.storage_path, '/') AS place,
        substring(
            held.public_url
            FROM '/storage/v1/(?:object|render/image)/(?:public|sign|authenticated)/([^?#]+)'
        ) AS address
    FROM {images} AS held
) AS image
WHERE
    NOT EXISTS (SELECT FROM storage.objects AS stored WHERE stored.name = image.place)
    AND NOT EXISTS (
        SELECT FROM storage.objects AS stored
        WHERE stored.bucket_id || '/' || stored.name IN (image.place, image.address)
    )
ORDER BY image.id COLLATE "C"
