-- Purpose: an option of a table. Identifiers: name, option; setting (a literal).
ALTER TABLE {name} SET ({option} = {setting})
