-- Purpose: an anonymous block: what it executes can't end the transaction. Hole: body.
DO LANGUAGE plpgsql {body}
