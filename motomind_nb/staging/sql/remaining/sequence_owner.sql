-- Purpose: whose a sequence is. Identifiers: name, table, column.
ALTER SEQUENCE {name} OWNED BY {table}.{column}
