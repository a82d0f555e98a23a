"""What GitHub Actions shows of a run: annotations, and the summary of a job as Markdown."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING, Any

from motomind_nb.core import gravity, rows_accounted, rows_counted

if TYPE_CHECKING:
    import pandas as pd

ANNOTATIONS = 10  # GitHub shows ten errors of a step and drops the others
SHOWN = 50  # failures of a summary; GitHub takes a megabyte of Markdown
LONGEST = 300  # letters of a cell
LEDGER = ("object", "source_rows", "loaded", "quarantined", "archived", "missing")
SPECIAL = "\\`*_{}[]<>()#+-!|~&:@"  # letters that Markdown or GitHub may take for markup
Row = dict[Hashable, Any]


def error_annotations(verdict: dict[str, Any], findings: pd.DataFrame) -> list[str]:
    """Return the commands that annotate a step: an error for each failure that nobody accepted.

    A run that proved nothing has one error that says why. Reads only.
    """
    failed = _failed(findings)
    if verdict.get("verdict") == "passed":
        return []
    if verdict.get("verdict") != "failed" or not failed:
        told = f"expected {verdict.get('expected')}, found {verdict.get('found')}"
        return [_command(f"{verdict.get('verdict')}: {verdict.get('object')}", told)]
    return [
        _command(
            f"{row['check']}: {row['subject']}",
            f"expected {row['expected']}, found {row['found']}; {row['detail']}",
        )
        for row in failed[:ANNOTATIONS]
    ]


def _failed(findings: pd.DataFrame) -> list[Row]:
    """Return the failures that nobody accepted, the gravest first."""
    if findings.empty:
        return []
    found = findings[(findings["status"] == "fail") & (findings["accepted"] == "")]
    rows: list[Row] = found.to_dict("records")
    return sorted(rows, key=lambda row: gravity(row["check"], int(row["rows"] or 0)))


def _command(title: str, message: str) -> str:
    """Return a workflow command; no text of a database ends it or begins another."""
    text = message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    name = title.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    name = name.replace(":", "%3A").replace(",", "%2C")
    return f"::error title={name}::{text}"


def job_summary(verdict: dict[str, Any], findings: pd.DataFrame, ledger: pd.DataFrame) -> str:
    """Return the summary of a job as Markdown: verdict, what to decide, ledger."""
    word = str(verdict.get("verdict", "none"))
    lines = [f"## MotoMind migration audit: {word}", "", _text(verdict.get("sentence", ""))]
    if "object" in verdict:
        why = [f"{name} {_text(verdict[name])}" for name in ("object", "expected", "found")]
        lines += ["", "; ".join(why)]
    if "rows" in verdict:
        lines += ["", f"Rows: {rows_accounted(verdict['rows'])}."]
    failed = _failed(findings)
    if failed:
        lines += ["", "### What to decide", "", *_failures(failed)]
    if not ledger.empty:
        known = [name for name in LEDGER if name in ledger]
        lines += ["", "### Ledger", "", *_table(known, ledger[known].to_dict("records"))]
    return "\n".join(lines) + "\n\n"


def _failures(failed: Sequence[Row]) -> list[str]:
    """Return failures as a table of Markdown, the first of many."""
    columns = ["check", "subject", "expected", "found", "rows", "detail"]
    rest = len(failed) - SHOWN
    more = ["", f"{rest:,} more in findings.csv."] if rest > 0 else []
    shown: list[Row] = [
        {**row, "rows": rows_counted(int(row["rows"])) if row["rows"] else ""}
        for row in failed[:SHOWN]
    ]
    return [*_table(columns, shown), *more]


def _table(columns: Sequence[str], rows: Sequence[Row]) -> list[str]:
    """Return rows as a table of Markdown."""
    cells = [" | ".join(_text(row[name]) for name in columns) for row in rows]
    heading = " | ".join(name.replace("_", " ") for name in columns)
    return [f"| {heading} |", "|" + " --- |" * len(columns), *(f"| {line} |" for line in cells)]


def _text(value: object) -> str:
    """Return a text on one line in which nothing is markup, cut where it is long."""
    line = " ".join(str(value).split())
    line = line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"
    return "".join(f"&#{ord(letter)};" if letter in SPECIAL else letter for letter in line)
