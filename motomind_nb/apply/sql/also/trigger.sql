-- Purpose: a text for --also to start from; the function that it calls has to be written anew first.
-- Holes: name (trigger ON table), text.
DROP TRIGGER {name}; {text};
