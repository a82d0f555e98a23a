"""The tables of the page: the ledger, the vehicles, the quarantine, as plain texts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from motomind_nb.core import tables

if TYPE_CHECKING:
    import pandas as pd

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
    """A table of the page: what it shows, its headers, its cells as text.

    ``below`` is what stands folded in each row: a summary and lines, '' and none without any.
    """

    id: str
    caption: str
    columns: tuple[tuple[str, str, bool], ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    below: tuple[tuple[str, tuple[str, ...]], ...] = ()


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
    return plain_table("ledger", "Ledger: what became of every row of every object", shown)


def vehicles_table(mileage: pd.DataFrame) -> Table | None:
    """Return the vehicles, those that differ first."""
    if mileage.empty:
        return None
    ordered = mileage.sort_values(["equal", "vehicle_id"], kind="stable")
    ordered = ordered.assign(equal=ordered["equal"].replace({"true": "yes", "false": "no"}))
    shown = [name for name in VEHICLE_COLUMNS if name in ordered and (ordered[name] != "").any()]
    note = rows_left_out(len(ordered), VEHICLES, "mileage.csv")
    caption = "Mileage of each vehicle before and after"
    return plain_table("vehicles", caption, ordered[shown][:VEHICLES], note)


def quarantined_table(quarantine: pd.DataFrame) -> Table | None:
    """Return rows in quarantine with their contents: the first of each table and rule."""
    if quarantine.empty:
        return None
    total = int(quarantine.drop_duplicates(["source_table", "rule"])["rule_rows"].sum())
    note = rows_left_out(total, min(len(quarantine), FINDINGS), "quarantine.csv")
    caption = "Rows in quarantine, and what they hold"
    return plain_table("quarantined", caption, quarantine[:FINDINGS], note)


def rows_left_out(total: int, shown: int, file: str) -> str:
    """Return where the rows are that a table leaves out."""
    if total <= shown:
        return ""
    return f"{shown:,} of {total:,} shown; all of them are in {file}."


def plain_table(name: str, caption: str, frame: pd.DataFrame, note: str = "") -> Table | None:
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
