-- Purpose: the end of the file.
COMMIT
