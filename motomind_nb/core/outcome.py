"""How a run ended, in words: computed from the numbers that stand beside them, never a constant."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

FATES = ("loaded", "quarantined", "archived")  # where a row of the source is accounted for
# what a run counts as different, in the words of one and of many
DIFFERENCES = {
    "not_loaded": ("row not loaded", "rows not loaded"),
    "moved": ("row given to another tenant", "rows given to another tenant"),
    "added": ("row added", "rows added"),
    "values": ("value changed", "values changed"),
    "vehicles": ("vehicle changed", "vehicles changed"),
    "opened": ("right opened to others", "rights opened to others"),
}
OTHERS = {
    "passed": "No check failed.",
    "failed": "A check failed.",
    "refused": "Source and target were left untouched.",
    "error": "The audit could not finish, so it proves nothing.",
    "nothing checked": "Not everything was loaded and checked.",
}


def counted(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun: ``1 row``, ``3,000 rows``."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def rows_accounted(rows: Mapping[str, int]) -> str:
    """Return what became of the rows of the source, in numbers that add up.

    ``78 in the source = 32 loaded + 0 quarantined + 46 archived``; where some are nowhere, how
    many are accounted for and how many are missing.
    """
    source, known = rows.get("source", 0), sum(rows.get(name, 0) for name in FATES)
    parts = " + ".join(f"{rows.get(name, 0):,} {name}" for name in FATES)
    missing = rows.get("missing", 0)
    if source == known and not missing:
        return f"{source:,} in the source = {parts}"
    rest = source - known - missing
    other = f", {abs(rest):,} {'unexplained' if rest > 0 else 'too many'}" if rest else ""
    return (
        f"{source:,} in the source, {known:,} accounted for, {missing:,} missing{other} ({parts})"
    )


def verdict_sentence(facts: Mapping[str, Any]) -> str:
    """Return what the verdict of a run means, from its numbers.

    Facts read: verdict, rows, differences, checks, mileage, accepted.
    """
    verdict = str(facts.get("verdict", ""))
    if verdict not in ("passed", "failed") or "rows" not in facts:
        return OTHERS.get(verdict, "The run left no verdict.")
    checks, told = facts["checks"], _differences(facts)
    if verdict == "failed":
        fails = counted(checks["fail"], "failure", "failures")
        return f"Failed with {fails} that nobody accepted{': ' if told else ''}{told}."
    accepted = checks["accepted"]
    if accepted or told:
        many = counted(accepted, "accepted difference", "accepted differences")
        return f"Passed with {many}{': ' if told else ''}{told}."
    rows, mileage = counted(facts["rows"]["source"], "row"), facts["mileage"]
    vehicles = counted(mileage["vehicles"], "vehicle")
    return (
        f"Passed: {rows} accounted for, none lost, altered or given to another owner;"
        f" {mileage['equal']:,} of {vehicles} with the same mileage."
    )


def _differences(facts: Mapping[str, Any]) -> str:
    """Return the differences that there are, each counted."""
    known = facts.get("differences") or {}
    return ", ".join(
        counted(known[name], *words) for name, words in DIFFERENCES.items() if known.get(name)
    )
