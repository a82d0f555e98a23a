"""What each section of the report says, as plain values for the template."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from motomind_nb import legacy
from motomind_nb.core import tables, verdict_sentence
from motomind_nb.postgres import mask_secrets
from motomind_nb.report.facts import Facts
from motomind_nb.report.findings import (
    accepted_table,
    checks_table,
    failures_table,
    given_back_table,
    notes_table,
    warnings_table,
)
from motomind_nb.report.miss_rate import miss_rate
from motomind_nb.report.page_tables import (
    Table,
    ledger_table,
    quarantined_table,
    shortened,
    vehicles_table,
)

if TYPE_CHECKING:
    from motomind_nb.charts import Chart

PLACES = (
    "cluster",
    "socket",
    "database",
    "database_name",
    "backup",
    "checked_folder",
    "evidence",
)
RUN_LABELS = {"by": "run by", "id": "run id"}
PLACE = re.compile(r"(?<![\w/.:+-])/[^\s'\"]*/[^\s'\"/]+")  # a file or folder of this machine
WORDS = ("passed", "failed", "refused", "error", "nothing checked")


def page_values(facts: Facts) -> dict[str, Any]:
    """Return the template's values for a run's facts."""
    verdict = str(facts.verdict.get("verdict", ""))
    word = verdict.capitalize() if verdict in WORDS else "Unknown"
    return {
        "title": f"MotoMind migration audit: {word.lower()}",
        "verdict": facts.verdict,
        "word": word,
        "sentence": verdict_sentence(facts.verdict),
        "state": verdict.replace(" ", "-") or "unknown",
        "numbers": headline_numbers(facts.verdict),
        "rows": facts.verdict.get("rows") or {},
        "charts": [
            {"title": chart.title, "drawing": Markup(chart.svg)}
            for chart in (*missing_charts(facts), *facts.charts)
        ],
        "ledger": ledger_table(facts.ledger),
        "quarantined": quarantined_table(facts.quarantine),
        "vehicles": vehicles_table(facts.mileage),
        "checks": checks_table(facts.findings),
        "failures": failures_table(facts.findings, facts.folder, facts.mileage),
        "warnings": warnings_table(facts.findings),
        "given_back": given_back_table(facts.findings),
        "notes": notes_table(facts.findings),
        "accepted": accepted_table(facts.findings),
        "old_names": old_names_table(),
        "notebooks": facts.notebooks,
        "files": facts.files,
        "tested": [*tested_facts(facts), *miss_rate()],
        "about": run_facts(facts),
    }


def old_names_table() -> Table:
    """Return where everything went: the same in each report, for who writes the application."""
    frame = legacy.old_names_table()
    columns = tuple((name, tables.readable_heading(name), False) for name in frame.columns)
    rows = tuple(frame.itertuples(index=False, name=None))
    caption = "Each old object, function and changed column, and what to write instead"
    return Table("old-names", caption, columns, rows)


def headline_numbers(verdict: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the headline numbers: label and value."""
    rows, checks = verdict.get("rows") or {}, verdict.get("checks") or {}
    mileage = verdict.get("mileage") or {}
    found = [
        ("legacy objects accounted for", verdict.get("objects")),
        ("rows read", rows.get("source")),
        ("rows loaded", rows.get("loaded")),
        ("rows archived", rows.get("archived")),
        ("rows quarantined", rows.get("quarantined")),
        ("rows missing", rows.get("missing")),
        ("vehicles with equal mileage", _part(mileage.get("equal"), mileage.get("vehicles"))),
        ("checks passed", checks.get("ok")),
        ("warnings", checks.get("warn")),
        ("notes", checks.get("note")),
        ("failures", checks.get("fail")),
        ("accepted", checks.get("accepted")),
    ]
    return [
        (label, f"{value:,}" if isinstance(value, int) else str(value))
        for label, value in found
        if value is not None
    ]


def _part(some: object, whole: object) -> str | None:
    """Return '3 of 5', None when unknown."""
    return None if some is None or whole is None else f"{some} of {whole}"


def missing_charts(facts: Facts) -> list[Chart]:
    """Return the charts that ledger and mileage give where the run saved none of their kind."""
    from motomind_nb import charts

    kinds, found = {chart.kind for chart in facts.charts}, []
    if len(facts.ledger) and "ledger" not in kinds:
        found.append(charts.ledger_bars(facts.ledger, charts.ledger_title(facts.ledger)))
    if len(facts.mileage) and not kinds & {"fleet", "vehicle", "current"}:
        found.append(charts.current_mileage(facts.mileage, charts.fleet_title(facts.mileage)))
    return found


def tested_facts(facts: Facts) -> list[tuple[str, str]]:
    """Return what was tested, the same in each run of the same input: label and value."""
    tool = facts.verdict.get("tool") or {}
    parameters = facts.run.get("parameters", {})
    return _labelled(
        {
            "source": facts.verdict.get("source"),
            "fingerprint of the input": facts.verdict.get("input"),
            "version of motomind-nb": tool.get("version"),
            "rebuilt schema (sha256)": tool.get("schema"),
            "mapping (sha256)": tool.get("mapping"),
            "parameters": parameters,
        }
    )


def run_facts(facts: Facts) -> list[tuple[str, str]]:
    """Return the run's circumstances, which differ from run to run: label and value."""
    left_out = {*PLACES, "source", "input", "parameters"}
    found = {name: value for name, value in facts.run.items() if name not in left_out}
    return _labelled({RUN_LABELS.get(name, name): value for name, value in found.items()})


def _labelled(facts: dict[str, Any]) -> list[tuple[str, str]]:
    """Return facts as label and text, without those that there are none of."""
    return [
        (tables.readable_heading(name), shortened(mask_secrets(_plain(value))))
        for name, value in facts.items()
        if value not in (None, "", [], {})
    ]


def _plain(value: object) -> str:
    """Return a fact as text: lists and nested facts on one line, a place without its folders."""
    if isinstance(value, dict):
        return ", ".join(f"{name} {_plain(part)}" for name, part in value.items())
    if isinstance(value, list):
        return ", ".join(_plain(part) for part in value)
    return PLACE.sub(lambda match: match[0].rpartition("/")[2], str(value))
