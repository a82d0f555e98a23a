"""The chart of the ledger."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING, Any

import pandas as pd

from motomind_nb.charts.chart import (
    AFTER,
    BEFORE,
    PAPER,
    QUIET,
    WAITING,
    WRONG,
    Chart,
    new_figure,
    set_title,
)
from motomind_nb.charts.finishing import finished
from motomind_nb.core import rows_counted

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# what went wrong stands first: at the left border, where a narrow screen begins
LOOKS = {
    "missing": (WRONG, "xxxx"),
    "quarantined": (WAITING, "////"),
    "loaded": (AFTER, ""),
    "archived": (BEFORE, ""),
}
WRONG_FATES = ("missing", "quarantined")
LEAST_SHARE = 1.5  # percent: one row of a million has to be seen, too


def ledger_bars(ledger: pd.DataFrame, title: str) -> Chart:
    """Return a bar for each table: the shares of its rows by what became of them.

    Columns read: object, kind, source_rows, loaded, quarantined, archived, missing (rows). Views
    and empty tables have no bar. A share that is not 0 is drawn as 1.5 % at least. No frame is
    changed.
    """
    rows = _tables(ledger)
    with new_figure(9.0, 0.32 * len(rows) + 1.7) as figure:
        axes = figure.add_subplot()
        _bars(axes, rows)
        for position, number in enumerate(rows["source_rows"]):
            axes.text(101.5, position, f"{int(number):,}", va="center", size=10, color=QUIET)
        axes.set_xlim(0, 112)
        axes.margins(y=0.4 / max(len(rows), 1))
        axes.set_xticks([0, 25, 50, 75, 100])
        axes.set_xlabel("Share of the table's rows (%); at the right the number of rows")
        set_title(figure, title)
        axes.grid(visible=False, axis="y")
        axes.tick_params(length=0)
        figure.legend(loc="outside lower left", ncols=4)
        described = "; ".join(
            f"{row['object']}: {rows_counted(int(row['source_rows']))}, "
            + ", ".join(f"{int(row[fate]):,} {fate}" for fate in LOOKS)
            for row in rows.iloc[::-1].to_dict("records")
        )
        return finished(figure, "ledger", title, described)


def _tables(ledger: pd.DataFrame) -> pd.DataFrame:
    """Return the tables with rows, from the lowest bar to the highest, their counts as numbers."""
    numbers = ledger.copy()
    for name in ("source_rows", *LOOKS):
        column = numbers[name] if name in numbers else pd.Series(0, index=numbers.index)
        numbers[name] = pd.to_numeric(column, errors="coerce").fillna(0)
    return numbers[(numbers["kind"] == "table") & (numbers["source_rows"] > 0)].iloc[::-1]


def _bars(axes: Axes, rows: pd.DataFrame) -> None:
    """Draw the bars, and name below each table how many of its rows went wrong."""
    shares = rows[list(LOOKS)].div(rows["source_rows"], axis=0) * 100
    drawn = shares.where(shares == 0, shares.clip(lower=LEAST_SHARE))
    drawn = drawn.div(drawn.sum(axis=1).clip(lower=100), axis=0) * 100
    left = pd.Series(0.0, index=rows.index)
    for fate, (colour, hatch) in LOOKS.items():
        axes.barh(
            rows["object"].tolist(),
            drawn[fate],
            left=left,
            color=colour,
            hatch=hatch,
            edgecolor=PAPER,
            linewidth=0.8,
            height=0.72,
            label=fate,
        )
        left = left + drawn[fate]
    names = [_name(row) for row in rows.to_dict("records")]
    axes.set_yticks(range(len(rows)), names)
    for label, name in zip(axes.get_yticklabels(), names, strict=True):
        if "\n" in name:
            label.set_color(WRONG)
            label.set_fontsize(9)


def _name(row: dict[Hashable, Any]) -> str:
    """Return a table's name, and below it how many of its rows are missing or in quarantine."""
    counts = {fate: int(row[fate]) for fate in WRONG_FATES}
    wrong = ", ".join(f"{number:,} {fate}" for fate, number in counts.items() if number)
    return f"{row['object']}\n{wrong}" if wrong else str(row["object"])
