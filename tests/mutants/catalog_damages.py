"""Damages of definitions and of what surrounds them, generated from the live catalog."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from faults import Fault

from motomind_nb.postgres import Connection, rows

FILE = Path(__file__).resolve().parent / "catalog_damages.sql"


def catalog_damages(connection: Connection) -> Iterator[Fault]:
    """Every damage that the catalog of a finished load gives rise to."""
    for row in rows(connection, FILE.read_bytes()):
        yield Fault("damage", row["kind"], row["place"], "", statements=(row["statement"],))
