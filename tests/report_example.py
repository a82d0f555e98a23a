"""A run folder written by hand, with everything in it that a report must survive."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd

from motomind_nb import charts
from motomind_nb.core import tables
from motomind_nb.legacy import catalog

SCRIPT = "<script>document.title = 'taken over'</script><img src=x onerror=alert(1)>"
FORMULA = '=HYPERLINK("http://evil.example","click")'
RIGHT_TO_LEFT = "مركبة \u202e12\u202c"
LONG = "x" * 1_000_000


def folder(path: Path, **verdict: Any) -> Path:
    """Write an example run folder and return it."""
    (path / "notebooks").mkdir(parents=True, exist_ok=True)
    _verdict(path, verdict)
    _run(path)
    tables.write_csv(path / "findings.csv", findings())
    tables.write_csv(path / "ledger.csv", ledger())
    tables.write_csv(path / "mileage.csv", mileage())
    readings = pd.DataFrame(
        {
            "date": [datetime.date(2025, month, 4) for month in range(1, 10)],
            "miles": [50_000, 51_000, 99_999, *range(53_000, 59_000, 1000)],
            "on_chain": [number != 2 for number in range(9)],
            "class": ["spike" if number == 2 else "on chain" for number in range(9)],
        }
    )
    charts.ledger_bars(ledger(), "Each row is accounted for").save(path, 1)
    charts.vehicle_history(readings, readings, f"One spike {SCRIPT}").save(path, 2)
    nbformat.write(notebook(), path / "notebooks" / "04_mileage.ipynb")
    return path


def _verdict(path: Path, verdict: dict[str, Any]) -> None:
    facts = {
        "verdict": "passed",
        "source": "sample",
        "input": "0" * 32,
        "objects": 35,
        "rows": {"source": 60, "loaded": 26, "quarantined": 0, "archived": 34},
        "checks": {"ok": 410, "note": 2, "warn": 31, "fail": 0, "accepted": 1},
        "mileage": {"vehicles": 5, "equal": 4, "different": 1},
    }
    (path / "verdict.json").write_text(json.dumps({**facts, **verdict}))


def _run(path: Path) -> None:
    facts = {
        "id": "2025-10-02-100000",
        "started": "2025-10-02T10:00:00+00:00",
        "server": "18.1",
        "cluster": "/var/tmp/secret-place/cluster",
        "versions": {"python": "3.11", "pandas": "3.1"},
        "parameters": {"show_personal": False, "note": "postgresql://me:hunter2@db/x"},
        "notebooks": ["01_profile", "02_rebuild"],
    }
    (path / "run.json").write_text(json.dumps(facts))


def findings() -> pd.DataFrame:
    names = [
        "stage",
        "check",
        "subject",
        "expected",
        "found",
        "status",
        "detail",
        "accepted",
        "rows",
    ]
    rows = [
        ("row_counts", "rows are equal", "fuel_logs", "118", "117", "fail", SCRIPT, ""),
        ("row_counts", "columns are equal", "vehicles.year", "1", "2", "fail", "", "ticket 5"),
        ("profile", "values are well formed", RIGHT_TO_LEFT, FORMULA, LONG, "warn", "as it is", ""),
        *(
            (
                "mileage",
                "reading is disputed",
                f"reading {place}",
                "on its chain",
                "off it",
                "warn",
                "kept, marked as disputed",
                "",
            )
            for place in range(30)
        ),
        ("profile", "documents agree", "objects after", "8", "9", "note", "the feed is new", ""),
        ("mileage", "vehicles are equal", "all", "5", "5", "ok", "", ""),
    ]
    return pd.DataFrame([(*row, 7) for row in rows], columns=names, dtype=object)


def ledger() -> pd.DataFrame:
    names = [
        "object",
        "kind",
        "fate",
        "target",
        "source_rows",
        "loaded",
        "quarantined",
        "archived",
        "balanced",
        "reason",
    ]
    rows = []
    for place, item in enumerate(catalog.objects().values()):
        counts: tuple[Any, ...] = (None, None, None, None, None)
        if item.kind == "table":
            number = place * 137 % 1500
            dropped = item.fate == "dropped"
            counts = (number, 0 if dropped else number, 0, number if dropped else 0, True)
        rows.append((item.name, item.kind, item.fate, item.target, *counts, item.reason))
    return pd.DataFrame(rows, columns=names, dtype=object)


def mileage() -> pd.DataFrame:
    names = [
        "vehicle_id",
        "equal",
        "before_miles",
        "after_miles",
        "naive_before_miles",
        "naive_after_miles",
        "verdict",
        "reason",
        "readings_before",
        "readings_after",
        "first_date",
        "cause",
        "source_id",
    ]
    rows = [
        (
            f"40000000-0000-4000-8000-00000000000{place}",
            place != 3,
            9000 * place,
            9000 * place,
            9000 * place,
            None,
            "logical",
            "",
            4,
            4,
            None,
            "",
            None,
        )
        for place in range(5)
    ]
    return pd.DataFrame(rows, columns=names, dtype=object)


def notebook() -> nbformat.NotebookNode:
    """An executed notebook with outputs of every kind."""
    v4 = nbformat.v4
    chart = charts.ledger_bars(ledger(), "The same as a picture")
    outputs = [
        v4.new_output(
            "execute_result", {"text/html": ledger().head(9).to_html()}, execution_count=1
        ),
        v4.new_output("display_data", {"image/svg+xml": chart.svg}),
        v4.new_output(
            "display_data", {"text/html": "<script>document.title='taken over'</script>"}
        ),
        v4.new_output("stream", name="stdout", text="passed: 410 checks ok\n"),
    ]
    return v4.new_notebook(
        cells=[
            v4.new_markdown_cell("# Does every vehicle still have its mileage?\n\nSo: $a^2$"),
            v4.new_code_cell("secret_code_cell()", outputs=outputs, execution_count=1),
        ]
    )
