-- Purpose: what new objects get. Identifiers: owner, schema, privilege, kind, role.
ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA {schema} GRANT {privilege} ON {kind} TO {role}
