-- Purpose: a sequence of a column. Identifiers: name; options.
CREATE SEQUENCE {name} {options}
