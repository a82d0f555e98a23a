"""The charts of a run's mileage: the fleet at a glance, then the vehicles worth a look."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas

from motomind_nb import charts, mileage
from motomind_nb.charts import Chart
from motomind_nb.pipeline.stages import reading
from motomind_nb.run import Run


def histories_of(
    run: Run, audited: mileage.Audit, rules: mileage.Rules, most: int
) -> pandas.DataFrame:
    """Return the readings of the vehicles worth a chart, both sides, reconstructed.

    Columns: those of ``mileage.histories``. Reads only.
    """
    chosen = mileage.interesting(audited.vehicles, most)
    with reading(run) as connection:
        return mileage.histories(connection, chosen, rules)


def ledger_chart(run: Run, ledger: pandas.DataFrame, title: str) -> Chart:
    """Return the ledger as a picture. Writes: the chart, for the report."""
    chart = charts.ledger(ledger, title)
    chart.save(run.folder, 2)
    return chart


def fleet_chart(run: Run, audited: mileage.Audit, histories: pandas.DataFrame) -> Chart:
    """Return small multiples of the vehicles worth a look. Writes: the chart, for the report."""
    before, after = _sides(histories[histories.on_chain])
    chosen = audited.vehicles[audited.vehicles.vehicle_id.isin(histories.vehicle_id.unique())]
    title = fleet_title(audited.vehicles)
    if len(chosen) < len(audited.vehicles):
        title += f" ({len(chosen):,} shown, those worth a look)"
    chart = charts.fleet(before, after, chosen, title)
    chart.save(run.folder, 1)
    return chart


def fleet_title(vehicles: pandas.DataFrame) -> str:
    """Return the comparison's finding in one line."""
    different = int((~vehicles.equal).sum())
    if different:
        return f"{different:,} of {len(vehicles):,} vehicles do not keep their mileage history"
    return f"All {len(vehicles):,} vehicles keep their mileage history"


def vehicle_charts(audited: mileage.Audit, histories: pandas.DataFrame) -> list[Chart]:
    """Return a chart of each vehicle that has something to show: a difference or an odd reading."""
    return [
        _vehicle(row, histories[histories.vehicle_id == row["vehicle_id"]])
        for row in audited.vehicles.to_dict("records")
        if _worth(row, histories[histories.vehicle_id == row["vehicle_id"]])
    ]


def monthly(audited: mileage.Audit, histories: pandas.DataFrame) -> pandas.DataFrame:
    """Return the reconstructed mileage at the end of each month, months that differ first.

    Columns: name, month (YYYY-MM), before_miles, after_miles (miles).
    """
    names = audited.vehicles.set_index("vehicle_id")["name"]
    ends = mileage.month_ends(histories)
    ends.insert(0, "name", ends["vehicle_id"].map(names))
    ends["month"] = ends["month"].dt.strftime("%Y-%m")
    differs = ends["before_miles"].fillna(-1) != ends["after_miles"].fillna(-1)
    return (
        ends.assign(same=~differs)
        .sort_values("same", kind="stable")
        .drop(columns=["same", "vehicle_id"])
    )


def _worth(row: dict[Any, Any], readings: pandas.DataFrame) -> bool:
    odd = (~readings.on_chain & readings.miles.notna()).any()
    return bool(len(readings)) and (not row["equal"] or bool(odd))


def _vehicle(row: dict[Any, Any], readings: pandas.DataFrame) -> Chart:
    before, after = _sides(readings[readings.on_chain])
    off = readings[~readings.on_chain & (readings.side == "after") & readings.miles.notna()]
    title = f"{row['name'] or row['vehicle_id']}: {_story(row, len(off))}"
    return charts.vehicle(before, after, off, title)


def _story(row: dict[Any, Any], off: int) -> str:
    """Return what the chart of one vehicle says."""
    if not row["equal"]:
        return f"the history differs from {row['first_date']} on ({row['cause']})"
    readings = "1 reading stands" if off == 1 else f"{off:,} readings stand"
    return f"same history before and after; {readings} off the line"


def _sides(readings: pandas.DataFrame) -> tuple[pandas.DataFrame, pandas.DataFrame]:
    return readings[readings.side == "before"], readings[readings.side == "after"]


def draw(pictures: Iterable[Chart]) -> None:
    """Show charts one below the other in a notebook."""
    from IPython.display import display

    for picture in pictures:
        display(picture)  # type: ignore[no-untyped-call]
