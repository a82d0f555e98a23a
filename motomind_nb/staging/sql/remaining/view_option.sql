-- Purpose: an option of a view. Identifiers: name, option; setting (a literal).
ALTER VIEW {name} SET ({option} = {setting})
