"""What notebook 04 shows: every vehicle before and after, in tables and in charts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd

from motomind_nb import charts, mileage, stages
from motomind_nb.charts import Chart
from motomind_nb.core import give_back_free_memory
from motomind_nb.desk import sentences
from motomind_nb.desk.shown import Sentence, attach_sentence
from motomind_nb.postgres import read_or_none
from motomind_nb.runs import Run
from motomind_nb.stages import read_stage_findings

VEHICLES = [
    "name",
    "equal",
    "verdict",
    "before_miles",
    "after_miles",
    "before_readings",
    "after_readings",
    "reason",
]
NAIVE = ["name", "naive_before_miles", "before_miles", "naive_after_miles", "after_miles"]
OFF_LINE = ["date", "time", "miles", "source", "class", "suggestion"]


@dataclass(frozen=True)
class Mileage:
    """The vehicles on both sides, and the readings of those worth a chart.

    Columns:
        vehicles: as ``mileage.audit``.
        histories: as ``mileage.histories``.
        findings: stage, check, subject, expected, found, status, detail, accepted (text).
    """

    run: Run
    vehicles: pd.DataFrame
    histories: pd.DataFrame
    findings: pd.DataFrame

    @property
    def divergences(self) -> pd.DataFrame:
        """The first diverging reading of each vehicle that differs."""
        found = mileage.diverging_vehicles(self.vehicles)
        good = "Nothing was lost, moved, altered or re-dated."
        return attach_sentence(
            found, sentences.fault_rows_sentence(found, "vehicle differs", good, "vehicles differ")
        )

    @property
    def naive(self) -> pd.DataFrame:
        """The vehicles whose latest row is not their mileage."""
        known = self.vehicles.before_miles.fillna(-1)
        other = self.vehicles[self.vehicles.naive_before_miles.fillna(-1) != known]
        good = "The newest row is the mileage of every vehicle."
        one = "vehicle whose newest row is not its mileage"
        many = "vehicles whose newest row is not their mileage"
        return attach_sentence(other[NAIVE], sentences.fault_rows_sentence(other, one, good, many))

    @property
    def table(self) -> pd.DataFrame:
        """Every vehicle on both sides."""
        return attach_sentence(
            self.vehicles[VEHICLES], sentences.kept_mileage_sentence(self.vehicles)
        )

    @property
    def off_line(self) -> pd.DataFrame:
        """The readings after the rebuild that stand off their vehicle's line."""
        off = self.histories[(self.histories.side == "after") & ~self.histories.on_chain]
        good = "Every reading of these vehicles is on its line."
        one, many = "reading off its line", "readings off their line"
        drawn = ", of the vehicles drawn"
        return attach_sentence(
            off[OFF_LINE], sentences.fault_rows_sentence(off, one + drawn, good, many + drawn)
        )

    @property
    def found(self) -> pd.DataFrame:
        """What the comparison found, the gravest first."""
        shown = self.findings.drop(columns=["stage", "accepted"])
        return attach_sentence(
            shown, sentences.finding_counts_sentence(self.findings, "the mileage")
        )

    @property
    def answer(self) -> Sentence:
        """The answer to the notebook's title."""
        return Sentence(f"{charts.fleet_title(self.vehicles)}.")

    def fleet_chart(self) -> Chart:
        """Return small multiples of the vehicles worth a look. Writes: the chart, for the page."""
        before, after = _sides(self.histories)
        chosen = self.vehicles[self.vehicles.vehicle_id.isin(self.histories.vehicle_id.unique())]
        title = charts.fleet_title(self.vehicles)
        if len(chosen) < len(self.vehicles):
            title += f" ({len(chosen):,} shown, those worth a look)"
        chart = charts.fleet_panels(before, after, chosen, title)
        chart.save(self.run.folder, 1)
        give_back_free_memory()  # a figure of a dozen panels, which only the collector frees
        return chart

    def vehicle_charts(self) -> list[Chart]:
        """Return a chart of each vehicle that differs or has an odd reading."""
        drawn = dict(iter(self.histories.groupby("vehicle_id")))
        chosen = self.vehicles[self.vehicles.vehicle_id.isin(drawn)]
        return [
            _chart(row, drawn[row["vehicle_id"]])
            for row in chosen.to_dict("records")
            if _worth(row, drawn[row["vehicle_id"]])
        ]

    def monthly(self) -> pd.DataFrame:
        """Return the reconstructed mileage at the end of each month, months that differ first.

        Columns: name, month (YYYY-MM), before_miles, after_miles (miles).
        """
        names = self.vehicles.set_index("vehicle_id")["name"]
        ends = mileage.month_ends(self.histories)
        ends.insert(0, "name", ends["vehicle_id"].map(names))
        ends["month"] = ends["month"].dt.strftime("%Y-%m")
        differs = ends["before_miles"].fillna(-1) != ends["after_miles"].fillna(-1)
        return (
            ends.assign(same=~differs)
            .sort_values("same", kind="stable")
            .drop(columns=["same", "vehicle_id"])
        )


def compare_mileage(run: Run, rules: mileage.Rules, charts_shown: int) -> Mileage:
    """Reconstruct every vehicle's mileage on both sides, compare, and return what there is to see.

    At most ``charts_shown`` vehicles have their readings in ``histories``. Writes: mileage.csv, the
    findings.
    """
    vehicles = stages.compare_mileage(run, rules).vehicles
    chosen = mileage.vehicles_worth_a_look(vehicles, charts_shown)
    with stages.read_only_connection(run) as connection:
        read = partial(mileage.histories, connection, chosen, rules)
        histories = read_or_none(connection, read)
    if histories is None:
        histories = mileage.no_histories()
    return Mileage(run, vehicles, histories, read_stage_findings(run, "mileage"))


def _worth(row: dict[Any, Any], readings: pd.DataFrame) -> bool:
    """Return whether a vehicle's chart would show anything but a clean line."""
    odd = (~readings.on_chain & readings.miles.notna()).any()
    return not row["equal"] or bool(odd)


def _chart(row: dict[Any, Any], readings: pd.DataFrame) -> Chart:
    """Return the chart of one vehicle."""
    before, after = _sides(readings)
    off = int((~after.on_chain & after.miles.notna()).sum())
    title = f"{row['name'] or row['vehicle_id']}: {_story(row, off)}"
    chart = charts.vehicle_history(before, after, title, "" if row["equal"] else row["first_date"])
    give_back_free_memory()  # the next figure takes the place of this one
    return chart


def _story(row: dict[Any, Any], off: int) -> str:
    """Return what the chart of one vehicle says."""
    if not row["equal"]:
        return f"the history differs from {row['first_date']} on ({row['cause']})"
    readings = "1 reading stands" if off == 1 else f"{off:,} readings stand"
    return f"same history before and after; {readings} off the line"


def _sides(readings: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the readings before and those after."""
    return readings[readings.side == "before"], readings[readings.side == "after"]
