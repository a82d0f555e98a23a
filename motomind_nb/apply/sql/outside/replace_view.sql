-- Purpose: give a view from outside its own options and text again, over the tables of the search path. Holes: view,
-- definition.
CREATE OR REPLACE VIEW {view} {definition}
