-- All rows of a query as text, streamed. Hole: query.
COPY ({query}) TO STDOUT
