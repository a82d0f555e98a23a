-- Purpose: act as the role of the connection again, without a limit of time for what follows.
RESET SESSION AUTHORIZATION;
RESET ROLE;
SET LOCAL statement_timeout TO 0
