"""The promises of the architecture, tried on the live database; nothing that is tried stays."""

from motomind_nb.rebuilt.architecture.checks import check_schema, mpg_estimates
from motomind_nb.rebuilt.architecture.proofs import run_proofs
from motomind_nb.rebuilt.architecture.rights import compare_rights, rights_by_role

__all__ = [
    "check_schema",
    "compare_rights",
    "mpg_estimates",
    "rights_by_role",
    "run_proofs",
]
