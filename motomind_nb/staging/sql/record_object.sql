-- Purpose: write down what the source held.
-- Parameters: object, kind, present, rows, fingerprint, reason.
INSERT INTO audit.source_object (object, kind, present, rows, fingerprint, reason)
VALUES (%(object)s, %(kind)s, %(present)s, %(rows)s, %(fingerprint)s, %(reason)s)
