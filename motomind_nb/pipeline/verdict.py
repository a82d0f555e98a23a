"""The verdict: computed from what the notebooks left, never by subtraction, and written down."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import pandas

from motomind_nb import catalog
from motomind_nb.errors import MotomindError
from motomind_nb.run import Run, as_facts, write_json

CHECKING_STAGES = ("row_counts", "mileage", "architecture")
MUST_LOAD = (*catalog.KEPT, *catalog.FOLDED)


def compute(
    run: Run, found: pandas.DataFrame, ledger: pandas.DataFrame, vehicles: pandas.DataFrame
) -> dict[str, Any]:
    """Return the facts of verdict.json from a run's findings, ledger and vehicles."""
    open_fails = found[(found.status == "fail") & (found.accepted == "")]
    facts: dict[str, Any] = {
        "verdict": "passed",
        "source": source_label(run),
        "input": run.facts().get("input", ""),
        "objects": len(ledger),
        "rows": _rows(ledger),
        "checks": {
            "ok": int((found.status == "ok").sum()),
            "warn": int((found.status == "warn").sum()),
            "fail": len(open_fails),
            "accepted": int(((found.status == "fail") & (found.accepted != "")).sum()),
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
    return facts


def _rows(ledger: pandas.DataFrame) -> dict[str, int]:
    """Return the sums over the tables, absent ones outside."""
    tables = ledger[ledger.kind == "table"]
    names = {"source": "source_rows", "loaded": "loaded", "quarantined": "quarantined",
             "archived": "archived"}  # fmt: skip
    return {name: int(tables[column].fillna(0).sum()) for name, column in names.items()}


def unchecked_stages(found: pandas.DataFrame) -> list[str]:
    """Return the comparing stages without a single finding. An empty check is red."""
    return [f"stage {name}" for name in CHECKING_STAGES if not (found.stage == name).any()]


def unloaded_objects(ledger: pandas.DataFrame) -> list[str]:
    """Return the kept and folded objects of which nothing was treated: a thin audit is red."""
    rows = {row["object"]: row for row in ledger.to_dict("records")}
    return [name for name in MUST_LOAD if _is_unloaded(rows[name])]


def _is_unloaded(row: dict[Hashable, Any]) -> bool:
    """Return whether a kept or folded object is in the source and nothing of it was treated."""
    if pandas.isna(row["source_rows"]):
        return False
    treated = sum(0 if pandas.isna(row[name]) else row[name] for name in ("loaded", "quarantined"))
    return bool(pandas.isna(row["loaded"]) or (row["source_rows"] > 0 and treated == 0))


def _nothing_checked(missing: list[str]) -> dict[str, str]:
    return {
        "verdict": "nothing checked", "object": ", ".join(missing),
        "expected": "every kept and folded object loaded and checked",
        "found": f"{len(missing)} not loaded or not checked", "action": "run the audit to its end",
    }  # fmt: skip


def _failed(fails: pandas.DataFrame) -> dict[str, str]:
    first = fails.iloc[0]
    return {
        "verdict": "failed", "object": f"{first['check']}: {first['subject']}",
        "expected": first["expected"], "found": first["actual"],
        "action": f"read the {len(fails)} failed checks in findings.csv; mend the source or accept"
        " each with a reason in an accept file",
    }  # fmt: skip


def source_label(run: Run) -> str:
    """Return the source as verdict.json shows it: a path without its folders."""
    source = run.source
    if source.startswith(("sample", "env:", "service:")):
        return source
    return source.rstrip("/").rpartition("/")[2]


def write(run: Run, facts: dict[str, Any]) -> None:
    """Write verdict.json."""
    write_json(run.folder / "verdict.json", facts)


def of_error(run: Run, error: MotomindError) -> dict[str, Any]:
    """Return the facts of verdict.json for a run that ended with an error."""
    return {"verdict": error.verdict, "source": source_label(run), **as_facts(error)}
