"""What the load notes of its own work, so that a comparison need not do the same work again.

Each note holds a checksum of all that the work was done with: of anything else it says nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field

BITS = 256  # of a sum of SHA-256, which does not depend on the order of what is added


@dataclass(frozen=True)
class Projected:
    """What a projection gave to the load: how many rows, and the sum of their marks.

    ``projection`` is the checksum of its text.
    """

    source: str
    projection: str
    rows: int
    total: int


@dataclass(frozen=True)
class Judged:
    """What was judged, readings and rules, and what was told of them, as checksums."""

    readings: str
    told: str


@dataclass
class Notes:
    """The notes of one load: what the projections of events gave, and what was judged."""

    projected: list[Projected] = field(default_factory=list)
    judged: Judged | None = None


class UnorderedSum:
    """A checksum of things in any order: the sum of their SHA-256."""

    def __init__(self) -> None:
        self._total = 0

    def add(self, things: Iterable[bytes]) -> None:
        """Add some things."""
        for thing in things:
            self._total += int.from_bytes(hashlib.sha256(thing).digest(), "big")

    def hexadecimal(self) -> str:
        """Return the sum, cut to the length of one checksum."""
        return f"{self._total % (1 << BITS):x}"


def sorted_records(records: bytes, size: int) -> bytes:
    """Return records of so many bytes, which stand one after the other, in order."""
    import numpy as np

    return np.sort(np.frombuffer(records, dtype=f"S{size}")).tobytes()
