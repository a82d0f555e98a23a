"""The histories of one vehicle in one coordinate system: lines, readings off them, differences."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from motomind_nb.charts.axis_dates import drop_undrawable_dates
from motomind_nb.charts.chart import AFTER, BEFORE, PAPER, WAITING, WRONG
from motomind_nb.charts.differences import LOST, MOVED
from motomind_nb.charts.marks import CLASS_MARKS, DIFFERENCE_MARKS, OTHER, STAR

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Floats = npt.NDArray[np.float64]

MOST_DOTS = 120
MOST_LABELS = 3
STRIP = 0.045  # share of the height
BEYOND = 1.0  # a mark further from the lines than this share of their span stands at the border


@dataclass(frozen=True)
class Histories:
    """One vehicle's readings on both sides, and those that differ.

    ``before`` and ``after``: columns date, miles (miles), and time, chain, on_chain (bool), class,
    each optional. ``differing``: as ``differing_readings`` gives them. ``first_date``: where the
    comparison saw the first difference, '' for none.
    """

    before: pd.DataFrame
    after: pd.DataFrame
    differing: pd.DataFrame
    first_date: str = ""


@dataclass(frozen=True)
class Points:
    """Places in the chart. Columns: days (from 1970-01-01), miles."""

    days: Floats
    miles: Floats


@dataclass(frozen=True)
class Look:
    """How a class of marks looks: form, colour, name in the legend, size (points)."""

    mark: str
    colour: str
    label: str
    size: float


def draw_histories(axes: Axes, drawn: Histories, scale: float) -> None:
    """Draw lines, readings off them and differences, at ``scale`` 1 for a chart of full size."""
    _lines(axes, on_line(drawn.before), on_line(drawn.after), scale)
    axes.autoscale(False)
    _fit(axes, drawn)
    _off_line(axes, drawn.after, scale)
    _differences(axes, drawn, scale)


def on_line(side: pd.DataFrame) -> pd.DataFrame:
    """Return the readings on a line: all of them, where nothing says which are off it."""
    return side[side["on_chain"].astype(bool)] if "on_chain" in side else side


def points(readings: pd.DataFrame) -> Points:
    """Return the readings' places in order of date, time and miles, without missing values."""
    known = drop_undrawable_dates(readings).dropna(subset=["miles"])
    keys = ["date", *(["time"] if "time" in known else []), "miles"]
    ordered = known.sort_values(keys, kind="stable", na_position="first")
    days = ordered["date"].astype(str).str[:10].to_numpy(dtype="datetime64[D]")
    return Points(days.astype(np.float64), ordered["miles"].to_numpy(dtype=np.float64))


def _lines(axes: Axes, before: pd.DataFrame, after: pd.DataFrame, scale: float) -> None:
    """Draw the two histories: a wide pale band before, a thin dark dashed line after."""
    band: dict[str, Any] = {
        "color": BEFORE,
        "linewidth": 6 * scale,
        "solid_capstyle": "round",
        "label": "before (legacy)",
    }
    dashes: dict[str, Any] = {
        "color": AFTER,
        "linewidth": 1.6 * scale,
        "linestyle": (0, (4, 1.6)),
        # many dots would run into one band and hide the other line
        "marker": "o" if len(after) <= MOST_DOTS else "",
        "markersize": 3.6 * scale,
        "label": "after (rebuilt)",
    }
    for side, look in ((before, band), (after, dashes)):
        for chain in map(points, _chains(side)):
            axes.plot(chain.days, chain.miles, **look)
            look["label"] = ""  # named once in the legend


def _chains(readings: pd.DataFrame) -> list[pd.DataFrame]:
    """Return the readings chain by chain: another meter or another car is another line."""
    if "chain" not in readings or readings.empty:
        return [readings]
    return [part for _, part in readings.groupby("chain", sort=True, dropna=False)]


def _fit(axes: Axes, drawn: Histories) -> None:
    """Set the limits by the lines without what differs: one wild value may not flatten them."""
    sides = [points(on_line(side)) for side in (drawn.before, drawn.after)]
    if not sum(len(side.days) for side in sides):
        sides = [points(side) for side in (drawn.before, drawn.after)]
    days = np.concatenate([side.days for side in sides])
    miles = np.concatenate([side.miles for side in sides])
    odd = [_side(drawn.differing, side).miles for side in ("before", "after")]
    usual = ~np.isin(miles, np.concatenate(odd))
    for values, limits, least in ((days, axes.set_xlim, 2), (miles, axes.set_ylim, 10)):
        kept = values[usual] if usual.any() else values
        if len(kept):
            room = max(0.06 * float(np.ptp(kept)), least / 2)
            limits(kept.min() - room, kept.max() + room)


def _off_line(axes: Axes, side: pd.DataFrame, scale: float) -> None:
    """Draw the readings off the line as small marks, one for each class."""
    if "on_chain" not in side:
        return
    off = side[~side["on_chain"].astype(bool)].dropna(subset=["miles"])
    names = off["class"].astype(str) if "class" in off else pd.Series("off the line", off.index)
    for name in sorted(set(names)):
        mark = CLASS_MARKS.get(name, OTHER)
        _scatter(axes, points(off[names == name]), Look(mark, WAITING, name, 5.5 * scale + 2))


def _differences(axes: Axes, drawn: Histories, scale: float) -> None:
    """Draw in red what differs: a mark, a line where it went, a strip along the lower border."""
    days = []
    for kind, mark in DIFFERENCE_MARKS.items():
        rows = drawn.differing[drawn.differing["kind"] == kind]
        before, after = (_side(rows, side) for side in ("before", "after"))
        _way(axes, rows, scale)
        sides = {LOST: [before], MOVED: [before, after]}.get(kind, [after])
        where = Points(
            np.concatenate([side.days for side in sides]),
            np.concatenate([side.miles for side in sides]),
        )
        size = (7 * scale + 2.5) * (1.6 if mark == STAR else 1)
        _scatter(axes, where, Look(mark, WRONG, kind, size))
        days += [before.days, after.days]
    found = np.unique(np.concatenate(days))
    if not len(found) and drawn.first_date:
        found = points(pd.DataFrame({"date": [drawn.first_date], "miles": [0.0]})).days
    _strip(axes, found, scale)


def _side(rows: pd.DataFrame, side: str) -> Points:
    """Return the places of differing readings on one side."""
    return points(pd.DataFrame({"date": rows[f"{side}_date"], "miles": rows[f"{side}_miles"]}))


def _way(axes: Axes, rows: pd.DataFrame, scale: float) -> None:
    """Draw the way of each reading from its place before to its place after."""
    both = rows.dropna(subset=["before_miles", "after_miles"])
    for place in range(len(both)):
        ends = [_side(both.iloc[[place]], side) for side in ("before", "after")]
        days = np.concatenate([end.days for end in ends])
        if len(days) == 2:
            miles = np.concatenate([end.miles for end in ends])
            axes.plot(days, miles, color=WRONG, linewidth=1.2 * scale + 0.4)


def _strip(axes: Axes, days: Floats, scale: float) -> None:
    """Draw a tick for each day that differs in a strip of its own: lines may hide a mark."""
    if not len(days):
        return
    axes.vlines(
        np.clip(days, *axes.get_xlim()),
        0,
        STRIP,
        transform=axes.get_xaxis_transform(),
        color=WRONG,
        linewidth=2.4 * scale + 0.6,
        label="days that differ",
    )


def _scatter(axes: Axes, where: Points, look: Look) -> None:
    """Draw marks; one far from the lines stands at the border, with its miles beside it."""
    if not len(where.days):
        return
    across = _near(axes.get_xlim, axes.set_xlim, where.days)
    up = _near(axes.get_ylim, axes.set_ylim, where.miles)
    axes.plot(
        across,
        up,
        linestyle="none",
        marker=look.mark,
        markersize=look.size,
        markerfacecolor=look.colour,
        markeredgecolor=PAPER,
        markeredgewidth=0.6,
        clip_on=False,
        zorder=5 if look.colour == WRONG else 4,
        label=look.label,
    )
    for place in np.flatnonzero(up != where.miles)[:MOST_LABELS]:
        right = across[place] > sum(axes.get_xlim()) / 2
        axes.annotate(
            f"{where.miles[place]:,.0f}",
            (across[place], up[place]),
            xytext=(-7 if right else 7, 0),
            textcoords="offset points",
            ha="right" if right else "left",
            va="center",
            size=7.5,
            color=look.colour,
        )


def _near(limits: Callable[[], Any], widen: Callable[..., Any], values: Floats) -> Floats:
    """Return the values, those far outside the limits at the border; the limits take the others."""
    low, high = limits()
    span = high - low
    near = values[(values >= low - BEYOND * span) & (values <= high + BEYOND * span)]
    low, high = min([low, *(near - 0.04 * span)]), max([high, *(near + 0.04 * span)])
    widen(low, high)
    return np.clip(values, low, high)
