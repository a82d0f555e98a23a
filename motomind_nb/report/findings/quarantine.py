"""Rows in quarantine as the page shows them: a few of each rule, with their masked contents."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from motomind_nb.core import tables

if TYPE_CHECKING:
    import pandas as pd

EACH = 5  # rows that the page shows of one table and rule; quarantine.csv has all
COLUMNS = ("source_table", "source_id", "rule", "reason", "contents")
RULE = "rule_rows"


def quarantine_examples(path: Path) -> pd.DataFrame:
    """Return the first rows of each table and rule of quarantine.csv. Reads only.

    Columns: source_table, source_id, rule, reason, contents (the values that are not NULL, masked
    as in the file), rule_rows (how many rows the file holds of this table and rule).
    """
    import pandas as pd

    lines = tables.csv_lines(path)
    header = next(lines, [])
    counts: Counter[tuple[str, str]] = Counter()
    shown: list[dict[str, str]] = []
    for line in lines:
        row = dict(zip(header, line, strict=False))
        place = (row["source_table"], row["rule"])
        counts[place] += 1
        if counts[place] <= EACH:
            shown.append({**row, "contents": _contents(row["source_row"])})
    totals = [counts[row["source_table"], row["rule"]] for row in shown]
    return pd.DataFrame(shown, columns=list(COLUMNS)).assign(**{RULE: totals})


def _contents(source_row: str) -> str:
    """Return the values of a row in words: ``miles: 560, notes: x``; NULL is left out.

    Numbers stay as they are written, digit by digit. Other texts are shown as they are.
    """
    try:
        values = json.loads(source_row, parse_float=str, parse_int=str)
    except ValueError:
        return source_row
    if not isinstance(values, dict):
        return source_row
    return ", ".join(
        f"{name}: {value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)}"
        for name, value in values.items()
        if value is not None
    )
