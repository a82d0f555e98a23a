-- Purpose: set one setting until the transaction ends. It is no query, so that it takes no snapshot.
SET LOCAL {name} TO {value}
