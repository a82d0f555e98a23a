-- Purpose: bind a sequence to its column. Identifiers: sequence, column.
ALTER SEQUENCE {sequence} OWNED BY {column}
