"""The verdict: computed from what the notebooks left, never by subtraction, and written down."""

from __future__ import annotations

import os
from collections.abc import Hashable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from motomind_nb import provenance
from motomind_nb.core import (
    MotomindError,
    json_text,
    read_json_or_empty,
    verdict_sentence,
    write_json,
)
from motomind_nb.legacy import catalog
from motomind_nb.runs.run import Run, as_facts

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Outcome:
    """How a run ended: the facts of verdict.json and the run folder."""

    facts: dict[str, Any]
    folder: Path


VERDICT = "verdict.json"
# what notebook 06 found, until the command that waits for it ends with that word or another
CONCLUSION = "conclusion.json"
WAITING_VARIABLE = "MOTOMIND_COMMAND_WAITS"
CHECKING_STAGES = ("row_counts", "mileage", "architecture")
COUNTED = {"moved": "rows moved", "added": "rows extra", "values": "columns"}
# checks of the rebuilt schema that find a right which the plan does not give
OPENING = (
    "row level security off",
    "policy not by tenant",
    "right to hand on",
    "callable definer function",
    "exposed materialized view",
)
MUST_LOAD = (*catalog.KEPT, *catalog.FOLDED)


def compute_verdict(
    run: Run, found: pd.DataFrame, ledger: pd.DataFrame, vehicles: pd.DataFrame
) -> dict[str, Any]:
    """Return the facts of verdict.json from a run's findings, ledger and vehicles."""
    open_fails = found[(found.status == "fail") & (found.accepted == "")]
    facts: dict[str, Any] = {
        "verdict": "passed",
        "source": run.source.label,
        **_tested(run),
        "objects": len(ledger),
        "rows": _rows(ledger),
        "differences": _differences(found, ledger, vehicles),
        "checks": {
            "ok": int((found.status == "ok").sum()),
            "note": int((found.status == "note").sum()),
            "warn": int((found.status == "warn").sum()),
            "fail": len(open_fails),
            "accepted": len(_accepted(found)),
        },
        "mileage": {
            "vehicles": len(vehicles),
            "equal": int(vehicles.equal.sum()),
            "different": int((~vehicles.equal).sum()),
        },
    }
    stages, objects = unchecked_stages(found), unloaded_objects(ledger)
    if len(open_fails) and not stages:
        facts |= _failed(open_fails)
    elif stages or objects:
        facts |= _nothing_checked([*stages, *objects])
    return {**facts, "sentence": verdict_sentence(facts), "accepted": _accepted(found)}


def _accepted(found: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the failures that a person accepted: check, subject, rows, why, who and until when."""
    accepted = found[(found.status == "fail") & (found.accepted != "")]
    return [
        {
            "check": line["check"],
            "subject": line["subject"],
            "rows": int(line["rows"]),
            "accepted": line["accepted"],
        }
        for line in accepted.to_dict("records")
    ]


def _differences(
    found: pd.DataFrame, ledger: pd.DataFrame, vehicles: pd.DataFrame
) -> dict[str, int]:
    """Return how many rows, values and vehicles differ, whether accepted or not."""
    rows, failed = _rows(ledger), found[found.status == "fail"]
    counted = {
        name: int(failed[failed["check"] == check]["rows"].sum()) for name, check in COUNTED.items()
    }
    return {
        "not_loaded": rows["quarantined"] + rows["missing"],
        **counted,
        "vehicles": int((~vehicles.equal).sum()),
        "opened": _opened(failed),
    }


def _opened(failed: pd.DataFrame) -> int:
    """Return how many failures say that somebody may do what the plan does not allow.

    Of the rights those that were added count, not those that are missing.
    """
    given = (failed.check == "rights") & (failed.expected != "yes") & (failed.found == "yes")
    return int((given | failed.check.isin(OPENING)).sum())


def _rows(ledger: pd.DataFrame) -> dict[str, int]:
    """Return the sums over the tables, absent ones outside."""
    tables = ledger[ledger.kind == "table"]
    names = {
        "source": "source_rows",
        "loaded": "loaded",
        "quarantined": "quarantined",
        "archived": "archived",
        "missing": "missing",
    }
    return {name: int(tables[column].fillna(0).sum()) for name, column in names.items()}


def unchecked_stages(found: pd.DataFrame) -> list[str]:
    """Return the comparing stages without a single finding."""
    return [f"stage {name}" for name in CHECKING_STAGES if not (found.stage == name).any()]


def unloaded_objects(ledger: pd.DataFrame) -> list[str]:
    """Return the kept and folded objects of which nothing was treated: a thin audit is red."""
    rows = {row["object"]: row for row in ledger.to_dict("records")}
    return [name for name in MUST_LOAD if _is_unloaded(rows[name])]


def _is_unloaded(row: dict[Hashable, Any]) -> bool:
    """Return whether a kept or folded object is in the source and nothing of it was treated."""
    import pandas as pd

    if pd.isna(row["source_rows"]):
        return False
    treated = sum(0 if pd.isna(row[name]) else row[name] for name in ("loaded", "quarantined"))
    return bool(pd.isna(row["loaded"]) or (row["source_rows"] > 0 and treated == 0))


def _nothing_checked(missing: list[str]) -> dict[str, str]:
    return {
        "verdict": "nothing checked",
        "object": ", ".join(missing),
        "expected": "every kept and folded object loaded and checked",
        "found": f"{len(missing)} not loaded or not checked",
        "action": "run the audit to its end",
    }


def _failed(fails: pd.DataFrame) -> dict[str, str]:
    first = fails.iloc[0]
    return {
        "verdict": "failed",
        "object": f"{first['check']}: {first['subject']}",
        "expected": first["expected"],
        "found": first["found"],
        "action": f"read the {len(fails)} failed checks in findings.csv; correct the source or"
        " accept each with a reason in an accept file",
    }


def write_verdict(run: Run, facts: dict[str, Any]) -> None:
    """Write verdict.json."""
    write_json(run.folder / VERDICT, facts)


def write_conclusion(run: Run, facts: dict[str, Any]) -> None:
    """Keep what notebook 06 found. Writes: conclusion.json; by hand it is verdict.json at once."""
    write_json(run.folder / CONCLUSION, facts)
    if not os.environ.get(WAITING_VARIABLE):
        (run.folder / CONCLUSION).replace(run.folder / VERDICT)


def read_conclusion(run: Run) -> dict[str, Any]:
    """Return what notebook 06 found; what verdict.json says where nothing waits to be told."""
    return read_json_or_empty(run.folder / CONCLUSION) or read_json_or_empty(run.folder / VERDICT)


def end_run(run: Run, facts: dict[str, Any], page: Path) -> None:
    """Write a run's last word, after which nothing of it is left to do.

    Writes: report.html from the page beside it and, last of all and in one step, verdict.json.
    """
    write_json(run.folder / CONCLUSION, facts)
    if page.exists():
        page.replace(run.folder / "report.html")
    (run.folder / CONCLUSION).replace(run.folder / VERDICT)


def overwrite_verdict(run: Run, facts: dict[str, Any]) -> None:
    """Write verdict.json in its place, where a full disk has no room for another file."""
    with (run.folder / VERDICT).open("r+", encoding="utf-8") as file:
        file.write(json_text(facts))
        file.truncate()


def error_facts(run: Run, error: MotomindError) -> dict[str, Any]:
    """Return the facts of verdict.json for a run that ended with an error."""
    facts = {"verdict": error.verdict, "source": run.source.label}
    return {**facts, **_tested(run), **as_facts(error)}


def _tested(run: Run) -> dict[str, Any]:
    """Return what was tested: the fingerprint of the input, the tool, its schema and mapping."""
    return {"input": run.facts().get("input", ""), "tool": provenance.tool_facts()}
