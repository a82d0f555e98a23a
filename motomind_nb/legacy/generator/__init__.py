"""Realistic histories of any size, spoiled as real ones are, and the truth about them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from motomind_nb.legacy.generator.plan import Plan
from motomind_nb.postgres import Connection

__all__ = [
    "Plan",
    "generate",
]


def generate(
    connection: Connection,
    plan: Plan,
    truth_path: Path,
    progress: Callable[[int], None] | None = None,
) -> None:
    """Create the legacy schema in an empty database and fill it as planned. Never commits.

    ``progress`` is called with the number of events written since its last call. The same plan
    gives the same rows and the same truth, byte by byte.

    Writes: the 35 legacy objects, their rows, and the truth file (CSV, compressed if its name ends
    in .gz).
    Raises: Refused for a plan that can't be followed or a database that is not empty.
    """
    from motomind_nb.legacy.generator import generation  # which imports numpy

    generation.generate(connection, plan, truth_path, progress)
