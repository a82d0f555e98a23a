-- Purpose: a view. Identifiers: name; query.
CREATE VIEW {name} AS
{query}
