"""The architecture, proved in the live database: statements, rights, checks.

Nothing here leaves a trace: what has to write does so in a transaction that is rolled back.
The frames hold only what the schema determines, no times and no random ids.
"""

from motomind_nb.architecture.checks import checks, estimates
from motomind_nb.architecture.proofs import proofs
from motomind_nb.architecture.rights import rights

__all__ = ["checks", "estimates", "proofs", "rights"]
