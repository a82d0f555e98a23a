"""The chart of the ledger."""

from __future__ import annotations

import pandas as pd

from motomind_nb.charts.chart import (
    AFTER,
    BEFORE,
    PAPER,
    QUIET,
    WRONG,
    Chart,
    new_figure,
    set_title,
)
from motomind_nb.charts.finishing import finished
from motomind_nb.core import rows_counted


def ledger_bars(ledger: pd.DataFrame, title: str) -> Chart:
    """Return a bar for each table: the share of its rows that each fate has.

    Columns read: object, kind, source_rows, loaded, quarantined, archived, missing (rows). Views
    and empty tables have no bar. The frame is not changed.
    """
    numbers = ledger.copy()
    fates = ["loaded", "archived", "quarantined", "missing"]
    numbers["missing"] = numbers.get("missing", 0)
    for name in ["source_rows", *fates]:
        numbers[name] = pd.to_numeric(numbers[name], errors="coerce").fillna(0)
    numbers = numbers[(numbers["kind"] == "table") & (numbers["source_rows"] > 0)].iloc[::-1]
    with new_figure(9.0, 0.3 * len(numbers) + 1.7) as figure:
        axes = figure.add_subplot()
        left = pd.Series(0.0, index=numbers.index)
        looks = ((AFTER, ""), (BEFORE, ""), (WRONG, "////"), (WRONG, ""))
        for name, (colour, hatch) in zip(fates, looks, strict=True):
            share = 100 * numbers[name] / numbers["source_rows"]
            axes.barh(
                numbers["object"].tolist(),
                share,
                left=left,
                color=colour,
                hatch=hatch,
                edgecolor=PAPER,
                linewidth=0.8,
                height=0.72,
                label=name,
            )
            left = left + share
        for position, rows in enumerate(numbers["source_rows"]):
            axes.text(101.5, position, f"{int(rows):,}", va="center", size=10, color=QUIET)
        axes.set_xlim(0, 112)
        axes.margins(y=0.4 / max(len(numbers), 1))
        axes.set_xticks([0, 25, 50, 75, 100])
        axes.set_xlabel("Share of the table's rows (%); at the right the number of rows")
        set_title(figure, title)
        axes.grid(visible=False, axis="y")
        axes.tick_params(length=0)
        figure.legend(loc="outside lower left", ncols=4)
        described = "; ".join(
            f"{row['object']}: {rows_counted(int(row['source_rows']))}, "
            f"{int(row['loaded'])} loaded, "
            f"{int(row['archived'])} archived, {int(row['quarantined'])} quarantined, "
            f"{int(row['missing'])} missing"
            for row in numbers.iloc[::-1].to_dict("records")
        )
        return finished(figure, "ledger", title, described)
