-- Purpose: bind the target to the run that loaded it. Parameters: run, identity, fingerprint.
INSERT INTO audit.run (id, identity, fingerprint) VALUES (%(run)s, %(identity)s, %(fingerprint)s)
