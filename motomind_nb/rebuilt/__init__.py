"""The rebuilt schema: made from numbered files, captured, tried, kept in order, a tenant erased.

The architecture is not read but tried: each promise is a statement that must fail or succeed on
the original design and on the rebuilt one, in a transaction that is rolled back.
"""

from motomind_nb.rebuilt.architecture import (
    check_schema,
    compare_rights,
    mpg_estimates,
    no_proofs,
    no_rights,
    proof_findings,
    rights_by_role,
    run_proofs,
)
from motomind_nb.rebuilt.build import (
    add_keys,
    add_keys_and_rules,
    add_rules,
    build_schema,
    create_audit,
    create_tables,
    key_files,
    rule_files,
    schema_files,
    table_files,
)
from motomind_nb.rebuilt.capture import (
    DEFINITIONS,
    Capture,
    Line,
    capture_environment,
    capture_objects,
    capture_target,
    compare_with_capture,
    compare_with_package,
    fresh_build_findings,
    objects_in_target,
    objects_that_stayed,
    opening_findings,
    packaged_columns,
    packaged_relations,
    packaged_text,
)
from motomind_nb.rebuilt.erasure import erase_tenant, files_naming_tenant
from motomind_nb.rebuilt.maintenance import run_maintenance

__all__ = [
    "DEFINITIONS",
    "Capture",
    "Line",
    "add_keys",
    "add_keys_and_rules",
    "add_rules",
    "build_schema",
    "capture_environment",
    "capture_objects",
    "capture_target",
    "check_schema",
    "compare_rights",
    "compare_with_capture",
    "compare_with_package",
    "create_audit",
    "create_tables",
    "erase_tenant",
    "files_naming_tenant",
    "fresh_build_findings",
    "key_files",
    "mpg_estimates",
    "no_proofs",
    "no_rights",
    "objects_in_target",
    "objects_that_stayed",
    "opening_findings",
    "packaged_columns",
    "packaged_relations",
    "packaged_text",
    "proof_findings",
    "rights_by_role",
    "rule_files",
    "run_maintenance",
    "run_proofs",
    "schema_files",
    "table_files",
]
