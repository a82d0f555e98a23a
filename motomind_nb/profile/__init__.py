"""The profile of the staged copy: what is in it, what is odd, what is open to whom, and why.

Everything is computed in SQL over schema ``legacy``, in one or two passes over each table, and
read only. ``take`` computes all of it once; the functions below give one table each.
"""

from motomind_nb.profile.columns import columns
from motomind_nb.profile.constraints import constraints
from motomind_nb.profile.documents import documents
from motomind_nb.profile.exposure import exposure
from motomind_nb.profile.fabricated import fabricated
from motomind_nb.profile.judge import judge
from motomind_nb.profile.objects import empty, objects, years
from motomind_nb.profile.references import keys, references
from motomind_nb.profile.rules import DEFAULT, Rules
from motomind_nb.profile.taking import Profile, take

__all__ = [
    "DEFAULT", "Profile", "Rules", "columns", "constraints", "documents", "empty", "exposure",
    "fabricated", "judge", "keys", "objects", "references", "take", "years",
]  # fmt: skip
