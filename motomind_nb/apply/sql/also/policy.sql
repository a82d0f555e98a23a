-- Purpose: a text for --also to start from. Holes: name (policy ON table), text (all after it).
DROP POLICY {name}; CREATE POLICY {name} {text};
