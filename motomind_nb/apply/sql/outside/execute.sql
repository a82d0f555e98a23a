-- Purpose: the body of an anonymous block that executes a text of several statements. Hole: text.
BEGIN EXECUTE {text}; END
