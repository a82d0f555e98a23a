-- Purpose: when a trigger fires. Identifiers: table, name; state.
ALTER TABLE {table} {state} TRIGGER {name}
