-- Statistics of what the projections leave out or mark. No parameters.
ANALYZE audit.quarantine, audit.disputed, audit.later_chain
