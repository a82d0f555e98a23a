-- Purpose: take what default privileges may have given. Identifiers: object; roles (a list).
REVOKE ALL ON {object} FROM {roles}
