-- Purpose: a sequence that a staged default calls. Identifiers: sequence; options (SQL text).
CREATE SEQUENCE {sequence} {options}
