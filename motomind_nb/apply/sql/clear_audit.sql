-- Purpose: what an earlier application left in audit and this one writes anew. The record of
-- applications and of erasures stays.
TRUNCATE
audit.run,
audit.source_object,
audit.finding,
audit.quarantine,
audit.disputed,
audit.later_chain,
audit.reading
