-- Purpose: drop objects of one kind, and nothing that hangs on them. Holes: kind, objects (a list).
DROP {kind} {objects} RESTRICT
