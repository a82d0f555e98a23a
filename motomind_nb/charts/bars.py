"""Bars: what became of the rows of each table, and how values are spread."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING, Any

import numpy as np
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
from motomind_nb.charts.finishing import chart_from_figure
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
MOST_NAMES = 7
MOST_YEARS = 100
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
        return chart_from_figure(figure, "ledger", title, described)


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


def spread(years: pd.DataFrame, distributions: pd.DataFrame, title: str) -> Chart:
    """Return three bar charts: events by year, readings by miles, rows by amount.

    ``years``: columns year (None is drawn last), rows. ``distributions``: columns measure (miles,
    amount), from (lower border, None below 0), rows. No frame is changed.
    """
    parts = [
        ("Events by year", _every_year(years)),
        *(
            (heading, distributions[distributions["measure"] == measure])
            for measure, heading in (
                ("miles", "Readings by miles, from"),
                ("amount", "Fuel and service by amount, from"),
            )
        ),
    ]
    with new_figure(9.6, 3.6) as figure:
        described = []
        for place, (heading, rows) in enumerate(parts, start=1):
            counts = _counted(rows)
            _columns(figure.add_subplot(1, 3, place), heading, counts)
            described.append(
                f"{heading}: " + ", ".join(f"{name} {number:,}" for name, number in counts.items())
            )
        set_title(figure, title)
        return chart_from_figure(figure, "spread", title, ". ".join(described))


def _every_year(years: pd.DataFrame) -> pd.DataFrame:
    """Return the years as lower borders; years without events between them count 0."""
    known = pd.to_numeric(years["year"], errors="coerce").dropna()
    found = years[["rows"]].assign(**{"from": years["year"]})
    if known.empty or np.ptp(known) > MOST_YEARS:
        return found
    between = list(range(int(known.min()), int(known.max()) + 1))
    return pd.concat([found, pd.DataFrame({"rows": 0, "from": between}, dtype=object)])


def _counted(rows: pd.DataFrame) -> dict[str, int]:
    """Return name and rows of each bar, in order, what has no number last."""
    low = pd.to_numeric(rows["from"], errors="coerce").to_numpy(dtype=float)
    numbers = pd.to_numeric(rows["rows"], errors="coerce").fillna(0).to_numpy(dtype=int)
    borders = sorted(set(low[~np.isnan(low)].tolist()))
    bars = {_short(border): int(numbers[low == border].sum()) for border in borders}
    other = int(numbers.sum()) - sum(bars.values())
    return bars | ({"other": other} if other else {})


def _short(border: float) -> str:
    """Return a border as people say it: 2024, 500, 120k."""
    return f"{border / 1000:.0f}k" if border and border % 1000 == 0 else f"{border:.0f}"


def _columns(axes: Axes, heading: str, counts: dict[str, int]) -> None:
    """Draw one chart of upright bars; of many names every second or third is written."""
    places = list(range(len(counts)))
    axes.bar(places, list(counts.values()), color=AFTER, width=0.85)
    step = max(1, -(-len(counts) // MOST_NAMES))
    axes.set_xticks(places[::step], list(counts)[::step])
    axes.set_title(heading, fontsize=10, weight="normal", pad=6)
    axes.yaxis.set_major_formatter("{x:,.0f}")
    axes.locator_params(axis="y", nbins=5, integer=True)
    axes.tick_params(labelsize=8.5, length=0)
    axes.grid(visible=False, axis="x")
