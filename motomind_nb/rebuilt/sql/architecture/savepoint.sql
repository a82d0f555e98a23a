-- Purpose: where every proof begins, until the transaction around it is rolled back.
SAVEPOINT before_proof
