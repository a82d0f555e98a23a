"""What a report tells, read from the plain files of a run folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import ParseError

from motomind_nb.core import read_json_or_empty, tables
from motomind_nb.report.findings import quarantine_examples

if TYPE_CHECKING:
    import pandas as pd

    from motomind_nb.charts import Chart

NOTES = {
    "verdict.json": "facts",
    "run.json": "facts",
    "junit.xml": "a case for each check",
    "run.sqlite": "the tables in one file",
}


@dataclass(frozen=True)
class Link:
    """A file beside the report: where it lies, what it is called, what it holds."""

    href: str
    name: str
    note: str = ""


@dataclass(frozen=True)
class Facts:
    """All that a report shows. Frames are text as read from the CSV files."""

    verdict: dict[str, Any]
    run: dict[str, Any]
    findings: pd.DataFrame
    ledger: pd.DataFrame
    mileage: pd.DataFrame
    quarantine: pd.DataFrame
    charts: tuple[Chart, ...] = ()
    notebooks: tuple[Link, ...] = ()
    files: tuple[Link, ...] = ()
    folder: Path | None = None  # where the lists of rows lie


def read_facts(folder: Path) -> Facts:
    """Return the facts of a run folder; what is missing is empty. Reads only."""
    return Facts(
        verdict=read_json_or_empty(folder / "verdict.json"),
        run=read_json_or_empty(folder / "run.json"),
        findings=tables.read_csv(folder / "findings.csv"),
        ledger=tables.read_csv(folder / "ledger.csv"),
        mileage=tables.read_csv(folder / "mileage.csv"),
        quarantine=quarantine_examples(folder / "quarantine.csv"),
        charts=tuple(_charts(folder)),
        notebooks=tuple(_notebooks(folder)),
        files=tuple(_files(folder)),
        folder=folder,
    )


def _charts(folder: Path) -> list[Chart]:
    """Return the saved charts; a file that is no SVG is left out."""
    from motomind_nb.charts import Chart, clean_svg, first_element_text

    found = []
    for path in sorted((folder / "charts").glob("*-*.svg")):
        text = path.read_text(encoding="utf-8")
        title = first_element_text(text, "title")
        try:
            cleaned = clean_svg(text, title, first_element_text(text, "desc"))
            found.append(Chart(title, cleaned, path.stem.split("-")[1]))
        except ParseError:
            continue
    return found


def _notebooks(folder: Path) -> list[Link]:
    """Return the executed notebooks: as pages where those exist, else as notebooks."""
    names = sorted({path.stem for path in (folder / "notebooks").glob("*.*")})
    links = []
    for name in names:
        page = folder / "notebooks" / f"{name}.html"
        kind = "html" if page.exists() else "ipynb"
        title = name.replace("_", " ", 1).replace("_", " ")
        links.append(Link(f"notebooks/{name}.{kind}", title, "" if kind == "html" else "notebook"))
    return links


def _files(folder: Path) -> list[Link]:
    """Return the tables and facts beside the report, with the number of rows of each table."""
    links = []
    for path in sorted(folder.glob("*.csv")):
        rows = tables.count_rows(path)
        links.append(Link(path.name, path.name, f"{rows:,} row" + ("" if rows == 1 else "s")))
    return links + [
        Link(name, name, note) for name, note in NOTES.items() if (folder / name).exists()
    ]
