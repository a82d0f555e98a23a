-- Purpose: a right that may be handed on. Identifiers: privilege, object, role.
GRANT {privilege} ON {object} TO {role} WITH GRANT OPTION
