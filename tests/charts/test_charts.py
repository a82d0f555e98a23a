"""Charts: the same bytes each time, safe, accessible, readable without colour."""

from __future__ import annotations

import datetime
import subprocess
import sys
import warnings
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
import pytest

from motomind_nb import charts
from motomind_nb.charts import clean_svg
from motomind_nb.charts.titles import distinguishing_parts, vehicle_labels

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '<script>alert(1)</script> & "x" $a^2$ \x00 مركبة'


def readings(vehicles: int = 1) -> pd.DataFrame:
    start = datetime.date(2024, 1, 5)
    return pd.DataFrame(
        [
            (f"v{vehicle}", start + datetime.timedelta(days=30 * step), 1000 * step + vehicle)
            for vehicle in range(vehicles)
            for step in range(12)
        ],
        columns=["vehicle_id", "date", "miles"],
    )


def odd_readings() -> pd.DataFrame:
    """Readings of one vehicle, two of them off the line."""
    found = readings().assign(on_chain=True)
    found["class"] = "on chain"
    found.loc[5, ["miles", "on_chain", "class"]] = [99_999, False, "spike"]
    found.loc[8, ["miles", "on_chain", "class"]] = [1, False, "no reading"]
    return found


def fleet_of(number: int) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "vehicle_id": [f"v{place}" for place in range(number)],
            "verdict": "logical",
            "equal": [place != number - 1 for place in range(number)],
        }
    )


def ledger() -> pd.DataFrame:
    rows = [
        ("tenants", "table", 1, 1, 0, 0),
        ("fuel_logs", "table", 200, 190, 10, 0),
        ("vin_cache", "table", 10, 0, 0, 10),
        ("uploads", "table", 0, 0, 0, 0),
        ("fleet_overview", "view", None, None, None, None),
    ]
    names = ["object", "kind", "source_rows", "loaded", "quarantined", "archived"]
    return pd.DataFrame(rows, columns=names, dtype=object)


def current_mileage() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "vehicle_id": ["a", "b", "c"],
            "equal": [True, False, True],
            "before_miles": [10, 20, None],
            "after_miles": [10, 25, None],
        },
        dtype=object,
    )


def spread_rows() -> tuple[pd.DataFrame, pd.DataFrame]:
    years = pd.DataFrame({"year": [2019, 2022, None], "rows": [4, 1_500, 1]}, dtype=object)
    rows = [("miles", None, 2), ("miles", 0, 7), ("miles", 120_000, 30), ("amount", 50, 9)]
    return years, pd.DataFrame(rows, columns=["measure", "from", "rows"], dtype=object)


def every(title: str = "All is well") -> dict[str, charts.Chart]:
    return {
        "vehicle": charts.vehicle_history(odd_readings(), odd_readings(), title),
        "fleet": charts.fleet_panels(readings(3), readings(3), fleet_of(3), title),
        "ledger": charts.ledger_bars(ledger(), title),
        "current": charts.current_mileage(current_mileage(), title),
        "spread": charts.spread(*spread_rows(), title),
    }


NAMES = sorted(every())
SAME_BEGINNING = [f"40000000-0000-4000-8000-{number:012}" for number in range(1, 31)]


@pytest.mark.parametrize(
    ("numbers", "parts"),
    [
        (SAME_BEGINNING[:2], ["…00000001", "…00000002"]),
        (["a1b2c3d4-0000", "ffffffff-0000"], ["a1b2c3d4", "ffffffff"]),
        (["van 7", "van 8"], ["van 7", "van 8"]),
        (
            ["x000000001y", "x000000002y", "z000000001y"],
            ["x000000001", "x000000002", "z000000001"],
        ),
        (
            ["x-same-in-both-1-end-same", "x-same-in-both-2-end-same"],
            ["…1-end-same", "…2-end-same"],
        ),
        (["twice", "twice"], ["twice", "twice"]),
        ([], []),
    ],
)
def test_a_label_shows_what_tells_an_id_from_the_others(
    numbers: list[str], parts: list[str]
) -> None:
    assert distinguishing_parts(numbers) == parts


def test_the_labels_of_vehicles_whose_ids_begin_alike_differ() -> None:
    vehicles = fleet_of(30).assign(vehicle_id=SAME_BEGINNING, name="Van")
    labels = vehicle_labels(vehicles)
    assert len(set(labels)) == 30 and labels[11] == "Van · …00000012"
    both = readings(1).assign(vehicle_id=SAME_BEGINNING[4])
    panels = charts.fleet_panels(both, both, vehicles[4:5], "One")
    assert "Van" in panels.svg
    assert vehicle_labels(vehicles.drop(columns="name")) == SAME_BEGINNING


@pytest.mark.parametrize("name", NAMES)
def test_a_chart_is_safe_accessible_and_self_contained(name: str) -> None:
    svg = every(HOSTILE)[name].svg
    root = ElementTree.fromstring(svg)
    assert root.get("role") == "img"
    title, described = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None and (title.text or "").startswith("<script>alert(1)</script> & ")
    assert described is not None and described.text
    for element in root.iter():
        assert element.tag.removeprefix(SVG) not in ("script", "style", "image", "foreignObject")
        assert "style" not in element.attrib
        assert element.get("href", "#").startswith("#")
    assert "<script" not in svg and "http" not in svg.replace("http://www.w3.org/2000/svg", "")


@pytest.mark.campaign(every=5)
@pytest.mark.parametrize("name", NAMES)
def test_no_id_is_used_twice_on_a_page_of_charts(name: str) -> None:
    ids = [
        element.get("id")
        for chart in (*every().values(), every("Another title")[name])
        for element in ElementTree.fromstring(chart.svg).iter()
        if element.get("id")
    ]
    assert ids and len(ids) == len(set(ids))


def test_another_process_draws_the_same_bytes() -> None:
    script = (
        "import sys; sys.path.insert(0, {folder!r}); import test_charts as t;"
        " print(''.join(c.svg for c in t.every().values()), end='')"
    )
    command = [sys.executable, "-c", script.format(folder=str(Path(__file__).parent))]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == "".join(chart.svg for chart in every().values())
    assert done.stderr == ""


def test_before_and_after_differ_without_colour() -> None:
    root = ElementTree.fromstring(every()["vehicle"].svg)
    looks = {
        (line.get("stroke-width"), line.get("stroke-dasharray"))
        for line in root.iter(f"{SVG}path")
        if line.get("stroke") in ("#9fb3c8", "#0b4f8a") and line.get("fill") == "none"
    }
    assert len(looks) == 2


def texts(chart: charts.Chart) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(chart.svg).iter(f"{SVG}text")]


def test_axes_carry_units_and_readings_off_the_line_their_class() -> None:
    shown = texts(every()["vehicle"])
    assert {"Odometer (miles)", "Date", "spike", "no reading"} <= set(shown)
    assert "Odometer (miles)" in texts(every()["fleet"])
    assert any(text.startswith("Share of") and "%" in text for text in texts(every()["ledger"]))


def test_a_large_fleet_shows_those_that_differ_first_and_says_how_many_there_are() -> None:
    chart = charts.fleet_panels(readings(30), readings(30), fleet_of(30), "One differs")
    assert chart.title == "One differs (24 of 30 vehicles shown, the worst first)"
    assert "v29" in [text.split("\n")[0] for text in texts(chart)][0:80]


def test_the_spread_counts_every_year_between_and_says_what_has_none() -> None:
    shown = texts(every()["spread"])
    assert {"2019", "2020", "2021", "2022", "120k", "50", "other"} <= set(shown)
    title = charts.spread_title(*spread_rows())
    assert title == "1,505 events from 2019 to 2022; 9 state 0 miles or less"
    years, rows = spread_rows()
    assert charts.spread_title(years.head(0), rows) == "No event states a date"
    assert charts.spread(years.head(0), rows.head(0), "Nothing").svg


def test_the_ledger_has_a_bar_for_each_table_with_rows() -> None:
    shown = set(texts(every()["ledger"]))
    assert {"tenants", "fuel_logs", "vin_cache", "200"} <= shown
    assert not shown & {"uploads", "fleet_overview"}


def test_charts_of_nothing_are_drawn_all_the_same() -> None:
    none = readings().head(0)
    assert charts.vehicle_history(none, none, "Nothing").svg
    assert charts.fleet_panels(none, none, fleet_of(1).head(0), "Nothing").svg
    assert charts.ledger_bars(ledger().head(0), "Nothing").svg
    assert charts.current_mileage(current_mileage().head(0), "Nothing").svg


def test_each_chain_is_a_line_of_its_own_with_one_entry_in_the_legend() -> None:
    two = readings().assign(chain=[1] * 6 + [2] * 6)
    chart = charts.vehicle_history(two, two, "A new meter")
    lines = [
        line
        for line in ElementTree.fromstring(chart.svg).iter(f"{SVG}path")
        if line.get("stroke") == "#9fb3c8" and line.get("stroke-width") == "6"
    ]
    assert len(lines) == 3, "two chains and the legend"
    assert texts(chart).count("before (legacy)") == 1


def test_no_frame_is_changed() -> None:
    one, other = odd_readings(), readings()
    kept = (one.copy(), other.copy())
    charts.vehicle_history(one, other, "x")
    charts.fleet_panels(one, other, fleet_of(1), "x")
    pd.testing.assert_frame_equal(one, kept[0])
    pd.testing.assert_frame_equal(other, kept[1])


def test_a_saved_chart_has_a_plain_name(tmp_path: Path) -> None:
    path = every(HOSTILE)["ledger"].save(tmp_path, 3)
    assert path.name.startswith("03-ledger-script-alert-1-script") and path.parent.name == "charts"


def test_cleaning_drops_scripts_handlers_and_outside_links() -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
        ' onload="alert(1)"><script>alert(1)</script><image href="http://x/y.png"/>'
        '<use xlink:href="http://x/y#z"/><a href="javascript:alert(1)"><text>hi</text></a>'
        '<path style="fill:url(http://x/y);stroke:#fff"/></svg>'
    )
    cleaned = clean_svg(svg, "title")
    for word in ("script", "alert", "http://x", "onload", "image"):
        assert word not in cleaned
    assert 'stroke="#fff"' in cleaned


def test_matplotlib_is_imported_only_to_draw() -> None:
    script = (
        "import sys, motomind_nb.charts, motomind_nb.report; print('matplotlib' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert "'matplotlib'" not in done.stdout


@pytest.mark.parametrize("days", [0, 1, 2, 45, 61, 400, 700, 1500, 9000])
def test_no_span_of_dates_makes_matplotlib_complain(days: int) -> None:
    frame = readings()
    start = frame["date"].iloc[0]
    frame["date"] = [start + datetime.timedelta(days=days * step // 11) for step in range(12)]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert charts.fleet_panels(frame, frame, fleet_of(1), "A span").svg
        assert charts.vehicle_history(frame, frame, "A span").svg


@pytest.mark.parametrize(
    "day", ["infinity", "-infinity", "20000-01-01", "0044-03-15 BC", "9999-12-31"]
)
def test_a_date_that_no_axis_has_is_counted_and_not_drawn(day: str) -> None:
    one = readings()
    one["date"] = one["date"].astype(str)
    odd = one.assign(date=one["date"].mask(one.index == 3, day))
    drawn = charts.vehicle_history(one, odd, "Told")
    assert "1 reading is dated outside 1900 to 2199 and not drawn" in drawn.title
    alone = charts.vehicle_history(odd.iloc[[3]], odd.iloc[[3]], "Told")
    assert "2 readings are dated outside" in alone.title
    panels = charts.fleet_panels(odd, odd, fleet_of(1).assign(vehicle_id="v0"), "Told")
    assert "2 readings are dated outside" in panels.title
    assert charts.vehicle_history(one, one, "Told").title == "Told"
