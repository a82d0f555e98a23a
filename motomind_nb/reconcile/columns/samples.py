"""Rows that differ, as a finding shows them: how many, and the first ones with both values."""

from __future__ import annotations

from collections.abc import Sequence

from motomind_nb.core import rows_counted
from motomind_nb.postgres import Row
from motomind_nb.reconcile.rows import HIDDEN

LONGEST = 60  # characters of a value


def differing_rows(differ: Sequence[Row], *, hidden: bool) -> str:
    """Return the count of rows that differ, and key and values of the first; none where unknown."""
    if not differ:
        return "the sums differ"
    verb = "differs" if differ[0]["rows"] == 1 else "differ"
    shown = "; ".join(
        f"{row['key']}: {_shown(row['before'], hidden)} became {_shown(row['after'], hidden)}"
        for row in differ
    )
    return f"{rows_counted(differ[0]['rows'])} {verb}, for example {shown}"


def _shown(value: str | None, hidden: bool) -> str:
    """Return one value, cut where it is long, hidden where it may be personal."""
    if value is None:
        return "NULL"
    if hidden:
        return HIDDEN
    return value if len(value) <= LONGEST else f"{value[:LONGEST]}…"
