"""Charts of vehicles: one history, the fleet as small multiples, current mileage side by side."""

from __future__ import annotations

import math
import textwrap
from typing import TYPE_CHECKING, Any

import pandas as pd

from motomind_nb.charts.axis_dates import name_dates, name_ends, undrawn_readings_note
from motomind_nb.charts.chart import (
    AFTER,
    BEFORE,
    INK,
    PAPER,
    QUIET,
    WRONG,
    Chart,
    new_figure,
    set_title,
)
from motomind_nb.charts.differences import differing_readings
from motomind_nb.charts.finishing import chart_from_figure
from motomind_nb.charts.histories import Histories, draw_histories, on_line, points
from motomind_nb.charts.titles import vehicle_labels
from motomind_nb.core import is_missing

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

PANELS = 24
LEGEND_COLUMNS = 4
INCHES_A_LEGEND_ROW = 0.24


def vehicle_history(
    before: pd.DataFrame, after: pd.DataFrame, title: str, first_date: str = ""
) -> Chart:
    """Return one vehicle's odometer before and after, what differs in red.

    ``before`` and ``after``: columns date, miles (miles), and time, chain (each chain is a line of
    its own), on_chain (bool), class and id, each optional. Readings off the line are small marks,
    one for each class. ``first_date``: the first date that differs, marked where no reading shows
    it. Dates that no axis has are not drawn, and the title counts them. No frame is changed.
    """
    title += undrawn_readings_note(before, after)
    drawn = Histories(before, after, differing_readings(before, after), first_date)
    with new_figure(9.0, 4.8) as figure:
        axes = figure.add_subplot()
        draw_histories(axes, drawn, 1.0)
        set_title(figure, title)
        axes.set_xlabel("Date")
        axes.set_ylabel("Odometer (miles)")
        _name_miles(axes)
        name_dates(axes, 9)
        figure.legend(loc="outside lower left", ncols=LEGEND_COLUMNS)
        described = (
            f"Line chart. {len(before)} readings before, {len(after)} after, "
            f"{len(before) - len(on_line(before))} and {len(after) - len(on_line(after))} of them "
            f"off the line. {_in_words(drawn.differing)}"
        )
        return chart_from_figure(figure, "vehicle", title, described)


def fleet_panels(
    before: pd.DataFrame, after: pd.DataFrame, vehicles: pd.DataFrame, title: str
) -> Chart:
    """Return small multiples, one panel for each vehicle, the worst first.

    ``before`` and ``after``: as for ``vehicle_history``, with vehicle_id. ``vehicles``: one row
    each, columns vehicle_id, equal, verdict, name and first_date (both optional). At most 24
    panels; the title says how many vehicles there are, and how many readings have a date that no
    axis has. No frame is changed.
    """
    title += undrawn_readings_note(before, after)
    differing = differing_readings(before, after)
    order = _worst_first(vehicles, differing)
    if len(order) > PANELS:
        title += f" ({PANELS} of {len(order):,} vehicles shown, the worst first)"
    order = order.head(PANELS)
    columns = 3 if len(order) <= 6 else 4
    rows = max(1, math.ceil(len(order) / columns))
    lines = textwrap.wrap(title, 88)
    height = 2.3 * rows + 1.9 + 0.2 * len(lines)
    with new_figure(9.6, height, fitted=False) as figure:
        figure.text(0.015, 1 - 0.12 / height, "\n".join(lines), va="top", weight="bold", size=12.5)
        for position, one in enumerate(order.to_dict("records"), start=1):
            axes = figure.add_subplot(rows, columns, position)
            old, new, odd = (_of(side, one) for side in (before, after, differing))
            _panel(axes, Histories(old, new, odd, _first_date(one)), one)
        taken = _legend(figure)
        bottom = 0.75 + INCHES_A_LEGEND_ROW * taken
        figure.subplots_adjust(
            left=0.09,
            right=0.985,
            wspace=0.34,
            hspace=0.62,
            bottom=bottom / height,
            top=1 - (0.75 + 0.2 * len(lines)) / height,
        )
        figure.text(0.54, (bottom - 0.5) / height, "Date", ha="center", size=10.5, color=QUIET)
        figure.text(
            0.014, 0.5, "Odometer (miles)", rotation=90, va="center", size=10.5, color=QUIET
        )
        described = (
            f"{len(order)} small line charts, thick before, thin dashed after. "
            f"{_in_words(differing)}"
        )
        return chart_from_figure(figure, "fleet", title, described)


def current_mileage(mileage: pd.DataFrame, title: str) -> Chart:
    """Return the current mileage of each vehicle before (ring) and after (dot).

    Columns read: vehicle_id, name (optional), equal, before_miles, after_miles (miles). At most 24
    vehicles, those that differ first. The frame is not changed.
    """
    rows = mileage.assign(_id=vehicle_labels(mileage))
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
        return chart_from_figure(figure, "current", title, described)


def _of(readings: pd.DataFrame, one: dict[Any, Any]) -> pd.DataFrame:
    """Return one vehicle's readings."""
    return readings[readings["vehicle_id"].astype(str) == str(one["vehicle_id"])]


def _is_equal(one: dict[Any, Any]) -> bool:
    """Return whether a vehicle's history is the same on both sides."""
    return str(one["equal"]).lower() == "true"


def _first_date(one: dict[Any, Any]) -> str:
    """Return the first date at which a vehicle differs, '' where it does not or nobody knows."""
    date = one.get("first_date")
    return "" if _is_equal(one) or is_missing(date) else str(date)


def _worst_first(vehicles: pd.DataFrame, differing: pd.DataFrame) -> pd.DataFrame:
    """Return the vehicles and their labels, by the number of readings that differ."""
    ids = vehicles["vehicle_id"].astype(str)
    number = ids.map(differing["vehicle_id"].value_counts()).fillna(0)
    equal = vehicles["equal"].astype(str).str.lower().eq("true")
    ordered = vehicles.assign(_equal=equal, _better=-number, _key=ids)
    ordered["_label"] = vehicle_labels(vehicles)
    return ordered.sort_values(["_equal", "_better", "verdict", "_key"], kind="stable")


def _in_words(differing: pd.DataFrame) -> str:
    """Return how many readings differ and how, for those who hear the chart."""
    counted = differing["kind"].value_counts()
    if counted.empty:
        return "No reading differs."
    said = ", ".join(f"{counted[kind]} {kind}" for kind in sorted(counted.index))
    return f"Readings that differ: {said}."


def _panel(axes: Axes, drawn: Histories, one: dict[Any, Any]) -> None:
    """Draw one small multiple; the border of one that differs is red."""
    draw_histories(axes, drawn, 0.6)
    equal = _is_equal(one)
    axes.set_title(
        f"{one['_label']}\n{one['verdict']}, {'equal' if equal else 'differs'}",
        size=9.5,
        pad=9,
        weight="normal" if equal else "bold",
        color=INK if equal else WRONG,
    )
    _name_miles(axes)
    axes.locator_params(axis="y", nbins=4)
    axes.tick_params(labelsize=8)
    drawn_days = [points(on_line(side)).days for side in (drawn.before, drawn.after)]
    name_ends(axes, [float(day) for days in drawn_days for day in days])


def _legend(figure: Figure) -> int:
    """Give the figure one legend for all of its panels; return how many rows it takes."""
    named = {}
    for axes in figure.axes:
        handles, labels = axes.get_legend_handles_labels()
        named.update(dict(zip(labels, handles, strict=True)))
    if named:
        figure.legend(
            named.values(),
            named.keys(),
            loc="lower left",
            ncols=LEGEND_COLUMNS,
            bbox_to_anchor=(0.01, 0.0),
        )
    return math.ceil(len(named) / LEGEND_COLUMNS)


def _name_miles(axes: Axes) -> None:
    """Give the axis at the side whole miles with thousands separators."""
    from matplotlib.ticker import MaxNLocator

    axes.yaxis.set_major_locator(MaxNLocator(nbins=5, integer=True))
    axes.yaxis.set_major_formatter("{x:,.0f}")
