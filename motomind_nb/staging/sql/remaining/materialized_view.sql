-- Purpose: a materialized view. Identifiers: name; query.
CREATE MATERIALIZED VIEW {name} AS
{query}
