"""What each section of the report says, as plain values for the template."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas
from markupsafe import Markup

from motomind_nb import charts, tables
from motomind_nb.charts import Chart
from motomind_nb.database import masked
from motomind_nb.report.facts import Facts

LONGEST, FINDINGS, PER_CHECK, VEHICLES = 300, 400, 20, 300
NUMERIC = {
    "source_rows", "loaded", "quarantined", "archived", "before_miles", "after_miles",
    "naive_before_miles", "naive_after_miles", "readings_before", "readings_after",
}  # fmt: skip
LEDGER_COLUMNS = (
    "object", "kind", "fate", "target", "source_rows", "loaded", "quarantined", "archived",
    "reason",
)  # fmt: skip
VEHICLE_COLUMNS = (
    "name", "equal", "before_miles", "after_miles", "naive_before_miles", "verdict", "reason",
    "first_date", "cause", "vehicle_id", "source_id",
)  # fmt: skip
PLACES = ("cluster", "socket", "database", "database_name", "backup")
# what was lost weighs more than what was wrong before
STAGES = ("mileage", "load", "architecture", "rebuild", "stage", "accept", "profile", "row_counts")
HEADINGS = {
    "actual": "Found", "detail": "What it means, what to do", "status": "Severity",
    "accepted": "Accepted because", "naive_before_miles": "Newest row before (miles)",
    "naive_after_miles": "Newest row after (miles)", "vehicle_id": "Vehicle",
    "first_date": "First difference", "source_id": "Source row",
}  # fmt: skip
SENTENCES = {
    "passed": ("Passed", "Nothing was lost, altered or given to another owner."),
    "failed": ("Failed", "The migration is not safe: a check found what nobody accepted."),
    "refused": ("Refused", "Source and target were left untouched."),
    "error": ("Error", "The audit could not finish, so it proves nothing."),
    "nothing checked": ("Nothing checked", "Not everything was loaded and checked."),
}


@dataclass(frozen=True)
class Table:
    """A table of the page: what it shows, its headers, its cells as text."""

    id: str
    caption: str
    columns: tuple[tuple[str, str, bool], ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


def of(facts: Facts) -> dict[str, Any]:
    """Return the template's values for a run's facts."""
    word, sentence = SENTENCES.get(
        str(facts.verdict.get("verdict", "")), ("Unknown", "The run left no verdict.")
    )
    return {
        "title": f"MotoMind migration audit: {word.lower()}",
        "verdict": facts.verdict, "word": word, "sentence": sentence,
        "state": str(facts.verdict.get("verdict", "")).replace(" ", "-") or "unknown",
        "numbers": numbers(facts.verdict), "rows": facts.verdict.get("rows") or {},
        "charts": [Markup(chart.svg) for chart in (*missing(facts), *facts.charts)],
        "ledger": ledger_table(facts.ledger), "vehicles": vehicles_table(facts.mileage),
        "findings": findings_table(facts.findings), "accepted": accepted_table(facts.findings),
        "notebooks": facts.notebooks, "files": facts.files, "about": about(facts),
    }  # fmt: skip


def numbers(verdict: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the headline numbers: label and value."""
    rows, checks = verdict.get("rows") or {}, verdict.get("checks") or {}
    mileage = verdict.get("mileage") or {}
    found = [
        ("legacy objects accounted for", verdict.get("objects")),
        ("rows read", rows.get("source")), ("rows loaded", rows.get("loaded")),
        ("rows archived", rows.get("archived")), ("rows quarantined", rows.get("quarantined")),
        ("vehicles with equal mileage", _part(mileage.get("equal"), mileage.get("vehicles"))),
        ("checks passed", checks.get("ok")), ("warnings", checks.get("warn")),
        ("failures", checks.get("fail")), ("accepted", checks.get("accepted")),
    ]  # fmt: skip
    return [(label, f"{value:,}" if isinstance(value, int) else str(value))
            for label, value in found if value is not None]  # fmt: skip


def _part(some: object, whole: object) -> str | None:
    """Return '3 of 5', None when unknown."""
    return None if some is None or whole is None else f"{some} of {whole}"


def missing(facts: Facts) -> list[Chart]:
    """Return the charts that ledger and mileage give where the run saved none of their kind."""
    kinds, found = {chart.kind for chart in facts.charts}, []
    if len(facts.ledger) and "ledger" not in kinds:
        found.append(charts.ledger(facts.ledger, ledger_title(facts.ledger)))
    if len(facts.mileage) and not kinds & {"fleet", "vehicle", "current"}:
        found.append(charts.current(facts.mileage, mileage_title(facts.mileage)))
    return found


def ledger_title(ledger: pandas.DataFrame) -> str:
    """Return the ledger's finding as a chart title."""
    parts = ledger[ledger["kind"] == "table"]
    total = {name: int(pandas.to_numeric(parts[name], errors="coerce").fillna(0).sum())
             for name in ("source_rows", "loaded", "archived", "quarantined")}  # fmt: skip
    missing = total["source_rows"] - total["loaded"] - total["archived"] - total["quarantined"]
    said = (f"{total['loaded']:,} loaded, {total['archived']:,} archived, "
            f"{total['quarantined']:,} quarantined")  # fmt: skip
    start = (f"Each of {total['source_rows']:,} rows is accounted for" if missing == 0
             else f"{abs(missing):,} rows are not accounted for")  # fmt: skip
    return f"{start}: {said}"


def mileage_title(mileage: pandas.DataFrame) -> str:
    """Return the mileage comparison's finding as a chart title."""
    equal = int((mileage["equal"] == "true").sum())
    if equal == len(mileage):
        return f"All {equal:,} vehicles keep their mileage history"
    return f"{len(mileage) - equal:,} of {len(mileage):,} vehicles lose part of their history"


def ledger_table(ledger: pandas.DataFrame) -> Table | None:
    """Return the ledger of all objects; a table that does not balance says so in its reason."""
    if ledger.empty:
        return None
    known = {name: ledger[name].tolist() for name in ("reason", "used_by", "balanced")
             if name in ledger}  # fmt: skip
    reasons = [
        "; ".join(part for part in (
            "does not balance" if balanced == "false" else "", reason,
            f"used by {used}" if used else "",
        ) if part)
        for reason, used, balanced in zip(
            known.get("reason", [""] * len(ledger)), known.get("used_by", [""] * len(ledger)),
            known.get("balanced", [""] * len(ledger)), strict=True,
        )
    ]  # fmt: skip
    shown = ledger.assign(reason=reasons)[[name for name in LEDGER_COLUMNS if name in ledger]]
    return _table("ledger", "Ledger: what became of every row of every object", shown)


def vehicles_table(mileage: pandas.DataFrame) -> Table | None:
    """Return the vehicles, those that differ first."""
    if mileage.empty:
        return None
    ordered = mileage.sort_values(["equal", "vehicle_id"], kind="stable")
    shown = [name for name in VEHICLE_COLUMNS if name in ordered and (ordered[name] != "").any()]
    note = _rest(len(ordered), VEHICLES, "mileage.csv")
    caption = "Mileage of each vehicle before and after"
    return _table("vehicles", caption, ordered[shown][:VEHICLES], note)


def findings_table(findings: pandas.DataFrame) -> Table | None:
    """Return what failed and what is warned of: the gravest first, a few of each check."""
    if findings.empty:
        return None
    grave = findings[(findings["status"] != "ok") & (findings["accepted"] == "")]
    rank = {name: place for place, name in enumerate(STAGES)}
    ranked = grave.assign(_stage=grave["stage"].map(lambda name: rank.get(name, len(rank))))
    ordered = ranked.sort_values(["status", "_stage", "check", "subject"], kind="stable")
    few = ordered[ordered.groupby(["status", "check"]).cumcount() < PER_CHECK][:FINDINGS]
    columns = ["status", "check", "subject", "expected", "actual", "detail"]
    note = _rest(len(ordered), len(few), "findings.csv")
    return _table("findings", "Failures and warnings, a few of each check", few[columns], note)


def accepted_table(findings: pandas.DataFrame) -> Table | None:
    """Return the differences that a person accepted, with the reason."""
    if findings.empty:
        return None
    found = findings[findings["accepted"] != ""]
    columns = ["check", "subject", "expected", "actual", "accepted"]
    return _table("accepted", "Differences that a person accepted", found[columns][:FINDINGS])


def about(facts: Facts) -> list[tuple[str, str]]:
    """Return the run's circumstances: label and value."""
    found = {name: value for name, value in facts.run.items() if name not in PLACES}
    found |= {name: facts.verdict[name] for name in ("source", "input") if name in facts.verdict}
    labels = {"input": "fingerprint of the input"}
    return [(tables.heading(labels.get(name, name)), shortened(masked(_plain(value))))
            for name, value in found.items() if value not in (None, "", [], {})]  # fmt: skip


def _plain(value: object) -> str:
    """Return a fact as text: lists and nested facts on one line, a place without its folders."""
    if isinstance(value, dict):
        return ", ".join(f"{name} {_plain(part)}" for name, part in value.items())
    if isinstance(value, list):
        return ", ".join(_plain(part) for part in value)
    text = str(value)
    return text.rpartition("/")[2] if text.startswith("/") else text


def _rest(total: int, shown: int, file: str) -> str:
    """Return where the rows are that a table leaves out."""
    if total <= shown:
        return ""
    return f"{shown:,} of {total:,} shown; all of them are in {file}."


def _table(name: str, caption: str, frame: pandas.DataFrame, note: str = "") -> Table | None:
    """Return a frame as a table of the page, None without rows."""
    if frame.empty:
        return None
    columns = tuple((str(column), HEADINGS.get(str(column), tables.heading(column)),
                     column in NUMERIC) for column in frame.columns)  # fmt: skip
    numeric = [item[2] for item in columns]
    rows = tuple(_cells(row, numeric) for row in frame.itertuples(index=False, name=None))
    return Table(name, caption, columns, rows, note)


def _cells(row: Sequence[Any], numeric: Sequence[bool]) -> tuple[str, ...]:
    """Return a row's cells as text; whole numbers get thousands separators."""
    texts = ("" if tables.is_missing(value) else str(value) for value in row)
    return tuple(f"{int(text):,}" if number and text.lstrip("-").isdigit() else shortened(text)
                 for text, number in zip(texts, numeric, strict=True))  # fmt: skip


def shortened(text: str) -> str:
    """Return the text, cut with a mark and its length where it is very long."""
    if len(text) <= LONGEST:
        return text
    return f"{text[:LONGEST]}… ({len(text):,} characters)"
