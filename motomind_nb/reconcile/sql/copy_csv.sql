-- All rows of a query as the server's CSV, without a header. Hole: query.
COPY ({query}) TO STDOUT (FORMAT csv)
