-- The id, or one derived from table and id where an earlier source uses it too. Holes: taken (the ids
-- that earlier sources use); name, the source as text.
SELECT
    CASE
        WHEN side.id = any({taken}::uuid[])
            THEN left(encode(sha256(convert_to(concat({name}, ':', side.id), 'UTF8')), 'hex'), 32)::uuid
        ELSE side.id
    END
