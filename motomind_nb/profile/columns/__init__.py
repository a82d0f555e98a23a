"""What the columns of the staged copy hold."""

from motomind_nb.profile.columns.distributions import distributions
from motomind_nb.profile.columns.made_up import fabricated
from motomind_nb.profile.columns.masks import MASK
from motomind_nb.profile.columns.scan import attributes
from motomind_nb.profile.columns.values import columns

__all__ = [
    "MASK",
    "attributes",
    "columns",
    "distributions",
    "fabricated",
]
