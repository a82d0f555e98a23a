-- Purpose: a right. Identifiers: privilege, object, role.
GRANT {privilege} ON {object} TO {role}
