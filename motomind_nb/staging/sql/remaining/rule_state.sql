-- Purpose: when a rule works. Identifiers: table, name; state.
ALTER TABLE {table} {state} RULE {name}
