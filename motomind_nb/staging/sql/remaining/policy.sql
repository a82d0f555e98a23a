-- Purpose: a policy. Identifiers: name, table; definition.
CREATE POLICY {name} ON {table} {definition}
