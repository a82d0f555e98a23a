"""Projections made wrong on purpose: the load and all that reuses the projection agree on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from motomind_nb.postgres import queries


@dataclass(frozen=True)
class Wrong:
    """One text of a projection and the wrong one in its place."""

    kind: str
    projection: str
    right: str
    wrong: str


@contextmanager
def in_place_of_right_ones(wrong: Iterable[Wrong], patch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the package read the wrong texts wherever it reads the projections."""
    read = queries.read_sql
    items = list(wrong)

    def read_sql(path: Path) -> str:
        text = read(path)
        for item in items:
            if path.stem == item.projection and path.parent.name == "projections":
                assert text.count(item.right) == 1, f"{item.right!r} must stand once in {path.name}"
                text = text.replace(item.right, item.wrong)
        return text

    with patch.context() as inner:
        inner.setattr(queries, "read_sql", read_sql)
        queries.query_text.cache_clear()
        yield
    queries.query_text.cache_clear()
