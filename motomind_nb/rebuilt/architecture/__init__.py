"""The promises of the architecture, tried on the live database; nothing that is tried stays."""

from motomind_nb.rebuilt.architecture.acts import (
    Act,
    Behind,
    acts_of_proofs,
    objects_behind,
    takes_part,
)
from motomind_nb.rebuilt.architecture.checks import check_schema, mpg_estimates
from motomind_nb.rebuilt.architecture.proofs import no_proofs, proof_findings, run_proofs
from motomind_nb.rebuilt.architecture.rights import compare_rights, no_rights, rights_by_role

__all__ = [
    "Act",
    "Behind",
    "acts_of_proofs",
    "check_schema",
    "compare_rights",
    "mpg_estimates",
    "no_proofs",
    "no_rights",
    "objects_behind",
    "proof_findings",
    "rights_by_role",
    "run_proofs",
    "takes_part",
]
