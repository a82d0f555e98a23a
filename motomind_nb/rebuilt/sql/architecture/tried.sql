-- Purpose: one proof, after what the one before it did is undone, be it that it failed. Hole: statements.
ROLLBACK TO SAVEPOINT before_proof;
{statements}
