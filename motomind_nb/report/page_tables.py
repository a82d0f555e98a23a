"""The tables of the page: the ledger, the vehicles, the findings, as plain texts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from motomind_nb.core import gravity, tables

LONGEST, FINDINGS, VEHICLES = 600, 400, 300
NUMERIC = {
    "source_rows",
    "loaded",
    "quarantined",
    "archived",
    "missing",
    "rows",
    "ok",
    "note",
    "warn",
    "fail",
    "before_miles",
    "after_miles",
    "naive_before_miles",
    "naive_after_miles",
    "readings_before",
    "readings_after",
    "accepted_findings",
    "rule_rows",
}
LEDGER_COLUMNS = (
    "object",
    "kind",
    "fate",
    "target",
    "source_rows",
    "loaded",
    "quarantined",
    "archived",
    "missing",
    "reason",
)
VEHICLE_COLUMNS = (
    "name",
    "equal",
    "before_miles",
    "after_miles",
    "naive_before_miles",
    "verdict",
    "reason",
    "first_date",
    "cause",
    "vehicle_id",
    "source_id",
)
STATUSES = ("ok", "note", "warn", "fail", "accepted")
# whole numbers of a sentence that count something: a year, an id or a sum has no such word behind
COUNTED = re.compile(
    r"(?<![\w.,:/-])\d{4,15}(?=(?: to \d+)? (?:miles|rows?|readings?|events?|vehicles?|gallons)\b)"
)
HEADINGS = {
    "found": "Found",
    "detail": "What it means, what to do",
    "status": "Severity",
    "accepted": "Accepted because",
    "accepted_findings": "Accepted",
    "warn": "Warning",
    "source_table": "Table",
    "rule_rows": "Rows of this rule",
    "naive_before_miles": "Newest row before (miles)",
    "naive_after_miles": "Newest row after (miles)",
    "vehicle_id": "Vehicle",
    "first_date": "First difference",
    "source_id": "Source row",
    "contents": "What the row holds (NULL left out)",
}


@dataclass(frozen=True)
class Table:
    """A table of the page: what it shows, its headers, its cells as text."""

    id: str
    caption: str
    columns: tuple[tuple[str, str, bool], ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


def ledger_table(ledger: pd.DataFrame) -> Table | None:
    """Return the ledger of all objects; a table that does not balance says so in its reason."""
    if ledger.empty:
        return None
    known = {
        name: ledger[name].tolist() for name in ("reason", "used_by", "balanced") if name in ledger
    }
    reasons = [
        "; ".join(
            part
            for part in (
                "does not balance" if balanced == "false" else "",
                reason,
                f"used by {used}" if used else "",
            )
            if part
        )
        for reason, used, balanced in zip(
            known.get("reason", [""] * len(ledger)),
            known.get("used_by", [""] * len(ledger)),
            known.get("balanced", [""] * len(ledger)),
            strict=True,
        )
    ]
    shown = ledger.assign(reason=reasons)[[name for name in LEDGER_COLUMNS if name in ledger]]
    return _table("ledger", "Ledger: what became of every row of every object", shown)


def vehicles_table(mileage: pd.DataFrame) -> Table | None:
    """Return the vehicles, those that differ first."""
    if mileage.empty:
        return None
    ordered = mileage.sort_values(["equal", "vehicle_id"], kind="stable")
    ordered = ordered.assign(equal=ordered["equal"].replace({"true": "yes", "false": "no"}))
    shown = [name for name in VEHICLE_COLUMNS if name in ordered and (ordered[name] != "").any()]
    note = _rest(len(ordered), VEHICLES, "mileage.csv")
    caption = "Mileage of each vehicle before and after"
    return _table("vehicles", caption, ordered[shown][:VEHICLES], note)


def failures_table(findings: pd.DataFrame) -> Table | None:
    """Return what a person has to decide: the failures that nobody accepted, the gravest first."""
    caption = "What to decide: each failure, its rows and what to do"
    return _findings("findings", caption, findings, "fail")


def warnings_table(findings: pd.DataFrame) -> Table | None:
    """Return what a person should know: the warnings, one line for each cause."""
    return _findings("warnings", "What to know: warnings by cause", findings, "warn")


def _findings(name: str, caption: str, findings: pd.DataFrame, status: str) -> Table | None:
    """Return the findings of one status that nobody accepted, the gravest first."""
    if findings.empty:
        return None
    judged = findings[(findings["status"] == status) & (findings["accepted"] == "")]
    counts = [int(number or 0) for number in judged["rows"]]
    order = sorted(
        range(len(judged)), key=lambda place: gravity(judged["check"].iloc[place], counts[place])
    )
    shown = judged.iloc[order].assign(rows=[counts[place] or "" for place in order])
    columns = ["status", "check", "subject", "expected", "found", "rows", "detail"]
    note = _rest(len(shown), FINDINGS, "findings.csv")
    return _table(name, caption, shown[columns][:FINDINGS], note)


def checks_table(findings: pd.DataFrame) -> Table | None:
    """Return every check with how many of its findings are ok, notes, warnings and so on."""
    if findings.empty:
        return None
    accepted = (findings["status"] == "fail") & (findings["accepted"] != "")
    status = findings["status"].mask(accepted, "accepted")
    counted = pd.crosstab(findings["check"], status).reindex(columns=list(STATUSES), fill_value=0)
    ordered = counted.sort_values(
        ["fail", "accepted", "warn", "note"], ascending=False, kind="stable"
    )
    shown = ordered.reset_index().rename(columns={"accepted": "accepted_findings"})
    return _table("checks", "Every check, and how many of its findings are of each kind", shown)


def quarantined_table(quarantine: pd.DataFrame) -> Table | None:
    """Return rows in quarantine with their contents: the first of each table and rule."""
    if quarantine.empty:
        return None
    total = int(quarantine.drop_duplicates(["source_table", "rule"])["rule_rows"].sum())
    note = _rest(total, min(len(quarantine), FINDINGS), "quarantine.csv")
    caption = "Rows in quarantine, and what they hold"
    return _table("quarantined", caption, quarantine[:FINDINGS], note)


def notes_table(findings: pd.DataFrame) -> Table | None:
    """Return the notes: what is so in every MotoMind database."""
    if findings.empty:
        return None
    found = findings[findings["status"] == "note"]
    columns = ["check", "subject", "expected", "found", "detail"]
    note = _rest(len(found), FINDINGS, "findings.csv")
    return _table("notes", "What is so in every MotoMind database", found[columns][:FINDINGS], note)


def given_back_table(findings: pd.DataFrame) -> Table | None:
    """Return what the rebuilt tables give back of the old ones, and what they do not."""
    if findings.empty:
        return None
    found = findings[findings["check"] == "round trip"]
    columns = ["subject", "expected", "found", "detail"]
    return _table("given-back", "The old tables, put together again", found[columns][:FINDINGS])


def accepted_table(findings: pd.DataFrame) -> Table | None:
    """Return the differences that a person accepted, with the reason."""
    if findings.empty:
        return None
    found = findings[findings["accepted"] != ""]
    columns = ["check", "subject", "expected", "found", "rows", "accepted"]
    return _table("accepted", "Differences that a person accepted", found[columns][:FINDINGS])


def _rest(total: int, shown: int, file: str) -> str:
    """Return where the rows are that a table leaves out."""
    if total <= shown:
        return ""
    return f"{shown:,} of {total:,} shown; all of them are in {file}."


def _table(name: str, caption: str, frame: pd.DataFrame, note: str = "") -> Table | None:
    """Return a frame as a table of the page, None without rows."""
    if frame.empty:
        return None
    columns = tuple(
        (str(column), HEADINGS.get(str(column), tables.readable_heading(column)), column in NUMERIC)
        for column in frame.columns
    )
    numeric = [item[2] for item in columns]
    rows = tuple(_cells(row, numeric) for row in frame.itertuples(index=False, name=None))
    return Table(name, caption, columns, rows, note)


def _cells(row: Sequence[Any], numeric: Sequence[bool]) -> tuple[str, ...]:
    """Return a row's cells as text; whole numbers get thousands separators."""
    texts = ("" if tables.is_missing(value) else str(value) for value in row)
    return tuple(
        f"{int(text):,}"
        if number and text.lstrip("-").isdigit()
        else shortened(COUNTED.sub(lambda found: f"{int(found[0]):,}", text))
        for text, number in zip(texts, numeric, strict=True)
    )


def shortened(text: str) -> str:
    """Return the text, cut with a mark and its length where it is very long."""
    if len(text) <= LONGEST:
        return text
    return f"{text[:LONGEST]}… ({len(text):,} characters)"
