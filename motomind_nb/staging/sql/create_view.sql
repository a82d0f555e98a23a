-- Purpose: a view of the source. Identifiers: view; options, query (SQL text).
CREATE VIEW {view} {options} AS {query}
