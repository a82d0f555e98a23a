-- The hash of a whole row in the bytes in which the server sends it: every digit, every bit. Added up
-- over all rows it tells when two rows exchange their values. Hole: row, a record.
SELECT hash_record_extended(row(record_send({row})), 0)
