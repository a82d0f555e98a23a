"""How a profile is taken: what is shown, what is exact, how much is sampled."""

from __future__ import annotations

from dataclasses import dataclass

from motomind_nb.core import Refused


@dataclass(frozen=True)
class Rules:
    """The parameters of a profile.

    ``show_personal``: e-mails, VINs, plates, addresses and the like as they are, not masked.
    ``exact_rows``: up to so many rows a table is counted value by value; above it distinct
    values, typical values, forms and JSON keys come from a sample, and are labelled estimated.
    ``sample_rows``: rows of the sample. ``typical_values``: values shown of each column.
    """

    show_personal: bool = False
    exact_rows: int = 5_000
    sample_rows: int = 1_000
    typical_values: int = 3

    def __post_init__(self) -> None:
        """Refuse numbers that no profile can be taken with."""
        for name, least in (("exact_rows", 0), ("sample_rows", 1), ("typical_values", 1)):
            if getattr(self, name) < least:
                raise Refused(
                    f"parameter {name}",
                    f"{least} or more",
                    str(getattr(self, name)),
                    "pass a larger number",
                )


DEFAULT = Rules()
