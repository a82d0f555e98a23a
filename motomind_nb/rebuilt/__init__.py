"""The rebuilt schema: made from numbered files, tried, kept in order, and a tenant erased from it.

The architecture is not read but tried: each promise is a statement that must fail or succeed on
the original design and on the rebuilt one, in a transaction that is rolled back.
"""

from motomind_nb.rebuilt.architecture import (
    check_schema,
    compare_rights,
    mpg_estimates,
    rights_by_role,
    run_proofs,
)
from motomind_nb.rebuilt.build import (
    add_keys_and_rules,
    build_schema,
    create_audit,
    create_tables,
    schema_files,
)
from motomind_nb.rebuilt.erasure import erase_tenant, files_naming_tenant
from motomind_nb.rebuilt.maintenance import run_maintenance

__all__ = [
    "add_keys_and_rules",
    "build_schema",
    "check_schema",
    "compare_rights",
    "create_audit",
    "create_tables",
    "erase_tenant",
    "files_naming_tenant",
    "mpg_estimates",
    "rights_by_role",
    "run_maintenance",
    "run_proofs",
    "schema_files",
]
