"""The page of an act in place: an apply, a rollback or a retirement, from its facts alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from motomind_nb.core import naming_path, write_json
from motomind_nb.report.page import render

TITLES = {"passed": "Done", "failed": "Failed", "refused": "Refused", "error": "Error"}


@dataclass(frozen=True)
class Table:
    """A table of the page: its title, a sentence, headings and rows of text."""

    title: str
    lead: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def write_act(folder: Path, name: str, facts: Mapping[str, Any]) -> Path:
    """Write what an act did and measured, as facts and as a page; return the page's path.

    Writes: <name>.json and <name>.html in the folder.
    """
    write_json(folder / f"{name}.json", dict(facts))
    listed = [(item["step"], item["text"]) for item in facts.get("statements", ())]
    values = {
        "title": f"{name.capitalize()}: {TITLES.get(facts['verdict'], facts['verdict'])}",
        "state": facts["verdict"],
        "database": facts.get("database", "a database"),
        "sentence": facts["sentence"],
        "tables": [table for table in _tables(facts) if table.rows],
        "statements": [
            (step, [text for _, text in group])
            for step, group in groupby(listed, key=lambda item: item[0])
        ],
    }
    path = folder / f"{name}.html"
    with naming_path(path):
        path.write_text(render("act.html.j2", values, exact_styles=True), encoding="utf-8")
    return path


def _tables(facts: Mapping[str, Any]) -> list[Table]:
    """Return the tables that an act's facts give."""
    return [
        _points(facts.get("open_points", ()), "Open points", "What stands against it."),
        _points(facts.get("warnings", ()), "To know", "What nobody has to decide."),
        _waits(facts),
        Table(
            "Steps",
            "How long each step took, in the order of the work.",
            ("Step", "Seconds"),
            tuple((step, f"{held:.3f}") for step, held in facts.get("seconds", {}).items()),
        ),
        Table(
            "Written since the apply",
            "Rows that the old tables do not give.",
            ("Table", "Kind", "Rows"),
            tuple(
                (item["table"], item["kind"], f"{item['rows']:,}")
                for item in facts.get("written", ())
            ),
        ),
        Table(
            "Without a home in the old schema",
            "What a way back cannot keep, by column.",
            ("Column", "Rows"),
            tuple((name, f"{held:,}") for name, held in facts.get("without_a_home", {}).items()),
        ),
    ]


def _points(found: Sequence[Mapping[str, str]], title: str, lead: str) -> Table:
    """Return a table of open points or warnings."""
    rows = tuple(
        tuple(item[name] for name in ("object", "expected", "found", "action")) for item in found
    )
    return Table(title, lead, ("Object", "Expected", "Found", "What to do"), rows)


def _waits(facts: Mapping[str, Any]) -> Table:
    """Return the waits that were predicted and measured."""
    predicted, measured = facts.get("predicted", {}), facts.get("measured", {})
    rows = tuple(
        (
            who,
            f"{predicted[name]:.2f}" if name in predicted else "",
            f"{measured[name]:.3f}" if name in measured else "",
        )
        for who, name in (("readers", "readers_seconds"), ("writers", "writers_seconds"))
        if name in predicted or name in measured
    )
    lead = "The longest that others had to wait, in seconds."
    return Table("Waits", lead, ("Who", "Predicted", "Measured"), rows)
