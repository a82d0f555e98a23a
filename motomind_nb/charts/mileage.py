"""Charts of mileage: one vehicle, the fleet as small multiples, current mileage side by side."""

from __future__ import annotations

import math
import textwrap
from typing import TYPE_CHECKING, Any

import pandas as pd

from motomind_nb.charts.axis_dates import dated, undrawn
from motomind_nb.charts.chart import (
    AFTER,
    BEFORE,
    MARKS,
    PAPER,
    QUIET,
    WRONG,
    Chart,
    new_figure,
    set_title,
)
from motomind_nb.charts.finishing import finished

if TYPE_CHECKING:
    from matplotlib.axes import Axes

PANELS = 24
MOST_DOTS = 120


def vehicle_history(
    before: pd.DataFrame, after: pd.DataFrame, disputed: pd.DataFrame, title: str
) -> Chart:
    """Return one vehicle's odometer before and after, disputed readings as marks with their class.

    ``before`` and ``after``: readings on their chains, columns date, miles (miles), time and chain
    (both optional; each chain is a line of its own). ``disputed``: columns date, miles, class.
    Dates that no axis has are not drawn, and the title counts them. No frame is changed.
    """
    title += undrawn(before, after, disputed)
    with new_figure(9.0, 4.6) as figure:
        axes = figure.add_subplot()
        _lines(axes, before, after, 1.0)
        _marks(axes, disputed)
        set_title(figure, title)
        axes.set_xlabel("Date")
        axes.set_ylabel("Odometer (miles)")
        _scales(axes, 9)
        figure.legend(loc="outside lower left", ncols=5)
        described = (
            f"Line chart. {len(before)} readings before, {len(after)} after, "
            f"{len(disputed)} disputed."
        )
        return finished(figure, "vehicle", title, described)


def fleet_panels(
    before: pd.DataFrame, after: pd.DataFrame, vehicles: pd.DataFrame, title: str
) -> Chart:
    """Return small multiples, one panel for each vehicle, those that differ first.

    ``before`` and ``after``: columns vehicle_id, date, miles (miles), time, chain (optional).
    ``vehicles``: one row each, columns vehicle_id, equal, verdict, name (optional). At most 24
    panels; the title says how many vehicles there are, and how many readings have a date that no
    axis has. No frame is changed.
    """
    title += undrawn(before, after)
    order = vehicles.assign(_key=vehicles["vehicle_id"].astype(str))
    order = order.sort_values(["equal", "verdict", "_key"], kind="stable").head(PANELS)
    columns = 3 if len(order) <= 6 else 4
    rows = max(1, math.ceil(len(order) / columns))
    said = (
        title
        if len(order) == len(vehicles)
        else (
            f"{title} ({len(order)} of {len(vehicles):,} vehicles shown, those that differ first)"
        )
    )
    lines = textwrap.wrap(said, 88)
    height = 2.2 * rows + 1.3 + 0.2 * len(lines)
    with new_figure(9.6, height, fitted=False) as figure:
        figure.text(0.015, 1 - 0.12 / height, "\n".join(lines), va="top", weight="bold", size=12.5)
        for position, one in enumerate(order.to_dict("records"), start=1):
            axes = figure.add_subplot(rows, columns, position)
            _panel(axes, _of(before, one), _of(after, one), one)
        figure.subplots_adjust(
            left=0.09,
            right=0.985,
            wspace=0.34,
            hspace=0.52,
            bottom=0.85 / height,
            top=1 - (0.75 + 0.2 * len(lines)) / height,
        )
        if len(order):
            figure.legend(
                *axes.get_legend_handles_labels(),
                loc="lower left",
                ncols=2,
                bbox_to_anchor=(0.01, 0.0),
            )
        figure.text(0.54, 0.42 / height, "Date", ha="center", size=10.5, color=QUIET)
        figure.text(
            0.014, 0.5, "Odometer (miles)", rotation=90, va="center", size=10.5, color=QUIET
        )
        described = f"{len(order)} small line charts, thick before, thin dashed after."
        return finished(figure, "fleet", said, described)


def current_mileage(mileage: pd.DataFrame, title: str) -> Chart:
    """Return the current mileage of each vehicle before (ring) and after (dot).

    Columns read: vehicle_id, name (optional), equal, before_miles, after_miles (miles). At most 24
    vehicles, those that differ first. The frame is not changed.
    """
    label = "name" if "name" in mileage else "vehicle_id"
    rows = mileage.assign(_id=mileage[label].astype(str))
    rows = rows.sort_values(["equal", "_id"], kind="stable").head(PANELS).iloc[::-1]
    before = pd.to_numeric(rows["before_miles"], errors="coerce").astype(float).tolist()
    after = pd.to_numeric(rows["after_miles"], errors="coerce").astype(float).tolist()
    places = list(range(len(rows)))
    with new_figure(9.0, 0.3 * len(rows) + 1.7) as figure:
        axes = figure.add_subplot()
        axes.hlines(places, before, after, color=WRONG, linewidth=2.5)
        axes.plot(
            before,
            places,
            linestyle="none",
            marker="o",
            markersize=12,
            color=BEFORE,
            markerfacecolor=PAPER,
            markeredgewidth=2.5,
            label="before (legacy)",
        )
        axes.plot(after, places, "o", markersize=5.5, color=AFTER, label="after (rebuilt)")
        axes.set_yticks(
            places, [textwrap.shorten(name, 40, placeholder="…") for name in rows["_id"]]
        )
        axes.set_xlabel("Current mileage (miles)")
        axes.xaxis.set_major_formatter("{x:,.0f}")
        axes.margins(x=0.06, y=0.6 / max(len(rows), 1))
        axes.tick_params(axis="y", length=0, labelsize=9.5)
        set_title(figure, title)
        figure.legend(loc="outside lower left", ncols=2)
        described = f"Dot chart of {len(rows)} vehicles."
        return finished(figure, "current", title, described)


def _of(readings: pd.DataFrame, one: dict[object, object]) -> pd.DataFrame:
    """Return one vehicle's readings."""
    return readings[readings["vehicle_id"].astype(str) == str(one["vehicle_id"])]


def _points(readings: pd.DataFrame) -> tuple[Any, Any]:
    """Return dates and miles in order of date, time and miles, without missing values."""
    known = dated(readings).dropna(subset=["miles"])
    keys = ["date", *(["time"] if "time" in known else []), "miles"]
    ordered = known.sort_values(keys, kind="stable", na_position="first")
    dates = pd.to_datetime(ordered["date"].astype(str))
    return dates.tolist(), ordered["miles"].astype(float).tolist()


def _lines(axes: Axes, before: pd.DataFrame, after: pd.DataFrame, scale: float) -> None:
    """Draw the two histories: a wide pale band before, a thin dark dashed line after."""
    for number, chain in enumerate(_chains(before)):
        axes.plot(
            *_points(chain),
            color=BEFORE,
            linewidth=6 * scale,
            solid_capstyle="round",
            label="" if number else "before (legacy)",
        )
    # many dots would run into one band and hide the other line
    dot = "o" if len(after) <= MOST_DOTS else ""
    for number, chain in enumerate(_chains(after)):
        axes.plot(
            *_points(chain),
            color=AFTER,
            linewidth=1.6 * scale,
            linestyle=(0, (4, 1.6)),
            marker=dot,
            markersize=3.6 * scale,
            label="" if number else "after (rebuilt)",
        )


def _chains(readings: pd.DataFrame) -> list[pd.DataFrame]:
    """Return the readings chain by chain: another meter or another car is another line."""
    if "chain" not in readings or readings.empty:
        return [readings]
    return [part for _, part in readings.groupby("chain", sort=True, dropna=False)]


def _marks(axes: Axes, disputed: pd.DataFrame) -> None:
    """Draw disputed readings, one form of mark for each class."""
    known = dated(disputed).dropna(subset=["miles"])
    for number, name in enumerate(sorted(set(known["class"].astype(str)))):
        axes.plot(
            *_points(known[known["class"].astype(str) == name]),
            linestyle="none",
            marker=MARKS[number % len(MARKS)],
            markersize=9,
            markerfacecolor=WRONG,
            markeredgecolor=PAPER,
            zorder=4,
            label=f"disputed: {name}",
        )


def _panel(
    axes: Axes, before: pd.DataFrame, after: pd.DataFrame, one: dict[object, object]
) -> None:
    """Draw one small multiple."""
    _lines(axes, before, after, 0.6)
    name = str(one.get("name") or one["vehicle_id"])
    state = "equal" if one["equal"] is True or str(one["equal"]).lower() == "true" else "differs"
    axes.set_title(
        f"{textwrap.shorten(name, 24, placeholder='…')}\n{one['verdict']}, {state}",
        size=9.5,
        pad=6,
        weight="normal" if state == "equal" else "bold",
    )
    _scales(axes, 3)
    axes.locator_params(axis="y", nbins=4)
    axes.tick_params(labelsize=8)


def _scales(axes: Axes, ticks: int) -> None:
    """Give the axes dates below and whole miles with thousands separators at the side."""
    from matplotlib.dates import (
        DAILY,
        HOURLY,
        MONTHLY,
        AutoDateLocator,
        ConciseDateFormatter,
    )
    from matplotlib.ticker import MaxNLocator

    locator = AutoDateLocator(minticks=2, maxticks=ticks)  # type: ignore[no-untyped-call]
    # few ticks over nearly two years, months or days need steps that matplotlib does not think of
    locator.intervald[MONTHLY] = [1, 2, 3, 4, 6, 12]
    locator.intervald[DAILY] = [1, 2, 3, 7, 14, 21, 31]
    locator.intervald[HOURLY] = [24]
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(ConciseDateFormatter(locator))  # type: ignore[no-untyped-call]
    axes.yaxis.set_major_locator(MaxNLocator(nbins=5, integer=True))
    axes.yaxis.set_major_formatter("{x:,.0f}")
    axes.xaxis.get_offset_text().set_fontsize(8.5)
    axes.margins(y=0.12)
