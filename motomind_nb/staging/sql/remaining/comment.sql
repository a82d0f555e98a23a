-- Purpose: a comment. Identifiers: object; text (a literal).
COMMENT ON {object} IS {text}
