-- Purpose: a text for --also to start from; its indexes, grants and comment are lost. Holes: name, text.
DROP MATERIALIZED VIEW {name}; CREATE MATERIALIZED VIEW {name} AS {text}
