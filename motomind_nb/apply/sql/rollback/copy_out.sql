-- Purpose: rows as the server's CSV with a header. Hole: query.
COPY ({query}) TO STDOUT (FORMAT csv, HEADER, NULL '\N')
