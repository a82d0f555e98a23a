"""A chart draws what differs: counted in pixels, because a person looks at pixels."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable
from xml.etree import ElementTree

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
from PIL import Image

from motomind_nb import charts
from motomind_nb.charts.chart import Chart
from motomind_nb.charts.differences import KINDS, differing_readings
from motomind_nb.charts.marks import CLASS_MARKS, DIFFERENCE_MARKS, OTHER
from motomind_nb.mileage.rules import CLASSES, ON_CHAIN

SVG = "{http://www.w3.org/2000/svg}"
RED = (180, 35, 26)
VEHICLES = ("aaaa1111-0", "bbbb2222-0")


def fleet(readings_each: int = 12) -> pd.DataFrame:
    start = datetime.date(2021, 11, 30)
    return pd.DataFrame(
        [
            (vehicle, f"{vehicle}/{step}", str(start + datetime.timedelta(days=17 * step)), miles)
            for number, vehicle in enumerate(VEHICLES)
            for step in range(readings_each)
            for miles in [61_000 * number + 440 * step + 7]
        ],
        columns=["vehicle_id", "id", "date", "miles"],
    ).assign(on_chain=True, **{"class": "on chain"})


def lost(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.drop(index=4)


def added(frame: pd.DataFrame) -> pd.DataFrame:
    return pd.concat([frame, frame.loc[[4]].assign(id="new", date="2022-01-01")])


def altered(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(miles=frame["miles"].where(frame.index != 4, 3_000))


def wildly_altered(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(miles=frame["miles"].where(frame.index != 4, 5_318_000))


def redated(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(date=frame["date"].where(frame.index != 4, "2022-02-09"))


def moved(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(vehicle_id=frame["vehicle_id"].where(frame.index != 4, VEHICLES[1]))


def last_lost(frame: pd.DataFrame) -> pd.DataFrame:
    return frame[frame["id"] != f"{VEHICLES[0]}/11"]


def all_lost(frame: pd.DataFrame) -> pd.DataFrame:
    return frame[frame["vehicle_id"] != VEHICLES[0]]


DAMAGES: dict[str, tuple[Callable[[pd.DataFrame], pd.DataFrame], str]] = {
    "lost": (lost, "lost"),
    "added": (added, "added"),
    "altered": (altered, "altered"),
    "altered beyond every axis": (wildly_altered, "altered"),
    "re-dated": (redated, "re-dated"),
    "moved": (moved, "moved"),
    "the last lost": (last_lost, "lost"),
    "all lost": (all_lost, "lost"),
}


def judged(different: set[str]) -> pd.DataFrame:
    rows = [(one, f"Van {one[0]}", one not in different, "logical") for one in VEHICLES]
    return pd.DataFrame(rows, columns=["vehicle_id", "name", "equal", "verdict"])


def pixels(chart: Chart) -> npt.NDArray[np.int16]:
    return np.asarray(Image.open(io.BytesIO(chart.png)).convert("RGB")).astype(np.int16)


def red(picture: npt.NDArray[np.int16]) -> int:
    return int((np.abs(picture - np.array(RED)).max(axis=2) < 24).sum())


def panels(chart: Chart) -> list[npt.NDArray[np.int16]]:
    """The insides of two panels in a row of three, without titles and legend."""
    picture = pixels(chart)
    height, width = picture.shape[:2]
    rows = slice(int(height * 0.21), int(height * 0.8))
    return [picture[rows, int(width * part) : int(width * (part + 0.26))] for part in (0.08, 0.40)]


def texts(chart: Chart) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(chart.svg).iter(f"{SVG}text")]


@pytest.mark.parametrize("name", DAMAGES)
def test_a_panel_that_differs_has_red_and_an_equal_one_has_none(name: str) -> None:
    damage, kind = DAMAGES[name]
    before = fleet()
    after = damage(before)
    differs = set(differing_readings(before, after)["vehicle_id"])
    chart = charts.fleet_panels(before, after, judged(differs), "A fleet")
    counts = [red(panel) for panel in panels(chart)]
    assert counts[0] > 20
    assert (counts[1] > 20) == (len(differs) == 2)
    assert kind in texts(chart)


@pytest.mark.parametrize("name", DAMAGES)
def test_the_chart_of_one_vehicle_shows_its_damage(name: str) -> None:
    damage, kind = DAMAGES[name]
    before = fleet()
    after = damage(before)
    one, other = (side[side["vehicle_id"] == VEHICLES[0]] for side in (before, after))
    chart = charts.vehicle_history(one, other, "One")
    assert red(pixels(chart)) > 30
    assert red(pixels(charts.vehicle_history(one, one, "One"))) == 0
    assert set(texts(chart)) & {kind, "lost"}


def test_a_difference_that_no_reading_shows_is_marked_on_its_date() -> None:
    same = fleet()
    vehicles = judged({VEHICLES[0]}).assign(first_date="2021-12-17")
    counts = [
        red(panel) for panel in panels(charts.fleet_panels(same, same, vehicles, "Exchanged"))
    ]
    assert counts[0] > 5
    assert counts[1] == 0


def test_a_wild_value_stands_at_the_border_and_does_not_flatten_the_line() -> None:
    wild = fleet().head(12)
    wild.loc[6, ["miles", "on_chain", "class"]] = [5_318_000, False, "spike"]
    chart = charts.vehicle_history(wild, wild, "A slip")
    shown = texts(chart)
    assert "5,318,000" in shown
    assert "3,000" in shown
    assert not {"5,000,000", "4,000,000"} & set(shown)
    assert red(pixels(chart)) == 0


def test_small_panels_name_their_first_and_last_date_and_no_time_of_day() -> None:
    same = fleet()
    shown = texts(charts.fleet_panels(same, same, judged(set()), "Dates"))
    assert shown.count("2021-11-30") == 2
    assert shown.count("2022-06-05") == 2
    assert "00:00" not in shown
    one_day = same.assign(date="2024-02-29")
    for days in (same, one_day, same.head(1)):
        history = charts.vehicle_history(days, days, "Dates")
        assert not [text for text in texts(history) if ":" in text]
    assert "2024-02-29" in texts(charts.vehicle_history(one_day, one_day, "Dates"))


def test_every_class_and_kind_has_one_mark_of_its_own() -> None:
    assert set(CLASS_MARKS) == set(CLASSES) - {ON_CHAIN}
    assert set(DIFFERENCE_MARKS) == set(KINDS)
    for marks in (CLASS_MARKS, DIFFERENCE_MARKS):
        assert len(set(marks.values())) == len(marks)
    assert OTHER not in CLASS_MARKS.values()


def test_the_legend_lies_inside_the_chart_even_with_every_class() -> None:
    names = sorted(CLASS_MARKS)
    every = fleet(len(names) + 6)
    for place, name in enumerate(names):
        every.loc[place + 5, ["miles", "on_chain", "class"]] = [40 + place, False, name]
    changed = moved(lost(altered(every)))
    drawn = [
        charts.vehicle_history(every, changed, "All"),
        charts.fleet_panels(every, changed, judged(set(VEHICLES)), "All"),
    ]
    for chart in drawn:
        assert set(names) <= set(texts(chart))
        picture = pixels(chart)
        border = np.concatenate([picture[-3:].reshape(-1, 3), picture[:, -3:].reshape(-1, 3)])
        assert (border == 255).all(), "something touches the border"


def test_the_worst_vehicle_comes_first_with_name_and_id() -> None:
    before = fleet()
    after = before[(before["id"] != f"{VEHICLES[0]}/2") & (before["vehicle_id"] != VEHICLES[1])]
    shown = texts(charts.fleet_panels(before, after, judged(set(VEHICLES)), "Two"))
    first, second = shown.index("Van b · bbbb2222"), shown.index("Van a · aaaa1111")
    assert first < second


def ledger(**counts: int) -> pd.DataFrame:
    row = {"object": "rides", "kind": "table", "source_rows": 1_000_000, "loaded": 1_000_000}
    return pd.DataFrame([{**row, "archived": 0, "quarantined": 0, "missing": 0, **counts}])


@pytest.mark.parametrize("fate", ["missing", "quarantined"])
def test_one_row_of_a_million_is_seen_at_the_left_of_the_ledger_chart(fate: str) -> None:
    good = pixels(charts.ledger_bars(ledger(), "All"))
    chart = charts.ledger_bars(ledger(loaded=999_999, **{fate: 1}), "One is not")
    bad = pixels(chart)
    width = min(good.shape[1], bad.shape[1]) // 3
    assert f"1 {fate}" in " ".join(texts(chart))
    assert red(bad[:, :width]) > red(good[:, :width])


def test_a_change_too_small_to_see_stands_in_the_strip_below() -> None:
    one = fleet().head(12)
    after = one.assign(miles=one["miles"] + (one.index == one.index[4]))
    picture = pixels(charts.vehicle_history(one, after, "One"))
    assert red(picture[picture.shape[0] // 2 :]) > 5
