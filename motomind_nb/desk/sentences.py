"""What each table of a notebook means, in one sentence computed from it."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

SAMPLES = 3  # names that a sentence lists


def counted(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun: ``1 row``, ``3 rows``, ``no rows``."""
    noun = one if number == 1 else many or f"{one}s"
    return f"{number:,} {noun}" if number else f"no {noun}"


def listed(names: Iterable[object]) -> str:
    """Return a few names and how many more there are."""
    every = [str(name) for name in names]
    more = len(every) - SAMPLES
    return ", ".join(every[:SAMPLES]) + (f" and {more:,} more" if more > 0 else "")


def _sentence(text: str) -> str:
    """Return the text as a sentence."""
    return f"{text[:1].upper()}{text[1:]}."


def of_backup(held: pd.DataFrame) -> str:
    """Say how much the backup holds. Columns read: object, kind, present, rows."""
    tables = held[(held["kind"] == "table") & held["present"]]
    absent = held[~held["present"]]["object"].tolist()
    said = (
        f"{counted(int(tables['rows'].fillna(0).sum()), 'row')} of {len(tables)} tables are saved"
    )
    return _sentence(said + (f"; the source lacks {listed(absent)}" if absent else ""))


def of_findings(found: pd.DataFrame, what: str) -> str:
    """Say how many findings there are of each status. Columns read: status, accepted."""
    failed = int(((found["status"] == "fail") & (found["accepted"] == "")).sum())
    warned = int((found["status"] == "warn").sum())
    if failed:
        return _sentence(f"{counted(failed, 'check')} of {what} failed")
    return _sentence(f"nothing of {what} failed; {counted(warned, 'warning')}")


def of_objects(objects: pd.DataFrame) -> str:
    """Say what holds rows. Columns read: object, kind, rows."""
    tables = objects[objects["kind"] == "table"]
    filled = tables[tables["rows"].fillna(0) > 0]
    largest = filled.sort_values("rows", ascending=False)["object"].head(1).tolist()
    said = f"{len(filled)} of {len(tables)} tables hold rows"
    return _sentence(said + (f", most of them {largest[0]}" if largest else ""))


def of_years(years: pd.DataFrame) -> str:
    """Say which years the original plan forgot. Columns read: year, original_plan."""
    if years.empty:
        return "No event has a date."
    lacking = sorted(set(years[years["original_plan"] == "has none"]["year"].tolist()))
    span = f"events lie in {years['year'].min()} to {years['year'].max()}"
    if not lacking:
        return _sentence(f"{span}, and the original plan has a partition for each year")
    return _sentence(f"{span}; the original plan has no partition for {listed(lacking)}")


def of_keys(keys: pd.DataFrame) -> str:
    """Say whether what should be a key is one. Columns read: object, columns, holds."""
    broken = keys[keys["holds"].eq(False)]
    if broken.empty:
        return "Every key that was checked holds."
    named = (f"{row['object']} ({row['columns']})" for row in broken.to_dict("records"))
    return _sentence(f"{counted(len(broken), 'key')} does not hold: {listed(named)}")


def of_references(references: pd.DataFrame) -> str:
    """Say whether a reference points at nothing. Columns read: object, column, orphans."""
    orphans = references[references["orphans"].fillna(0) > 0]
    if orphans.empty:
        return "No row points at a row that is not there."
    named = (f"{row['object']}.{row['column']}" for row in orphans.to_dict("records"))
    return _sentence(f"rows that point at nothing stand in {listed(named)}")


def of_rules(rules: pd.DataFrame) -> str:
    """Say which rules of the rebuilt schema old rows break. Columns read: object, rule, rows."""
    broken = rules[rules["rows"].fillna(0) > 0]
    if broken.empty:
        return _sentence(f"no row breaks any of the {len(rules)} rules")
    named = (f"{row['object']}: {row['rule']}" for row in broken.to_dict("records"))
    said = f"{len(broken)} of {len(rules)} rules are broken"
    return _sentence(f"{said}: {listed(named)}")


def of_exposure(exposed: pd.DataFrame) -> str:
    """Say how open the source is. Columns read: object."""
    if exposed.empty:
        return "Nothing of the source is open."
    return _sentence(f"open as it is: {listed(exposed['object'])}")


def of_ledger(ledger: pd.DataFrame) -> str:
    """Say whether every row is accounted for. Columns read: kind, balanced, object."""
    tables = ledger[ledger["kind"] == "table"]
    wrong = tables[tables["balanced"].eq(False)]["object"].tolist()
    if wrong:
        return _sentence(f"{counted(len(wrong), 'table')} does not balance: {listed(wrong)}")
    return _sentence(f"all {len(tables)} tables balance to the row")


def of_targets(targets: pd.DataFrame) -> str:
    """Say whether the targets hold what their sources gave. Columns read: target, equal."""
    wrong = targets[~targets["equal"].astype(bool)]["target"].tolist()
    if wrong:
        return _sentence(f"other numbers of rows than their sources gave: {listed(wrong)}")
    return _sentence(f"each of the {len(targets)} target tables holds what its sources gave")


def of_comparison(compared: pd.DataFrame, what: str) -> str:
    """Say how much of a before-and-after table agrees. Columns read: status, subject."""
    wrong = compared[compared["status"] != "ok"]
    if wrong.empty:
        return _sentence(f"all {len(compared)} {what} agree")
    said = f"{len(compared) - len(wrong)} of {len(compared)} {what} agree"
    return _sentence(f"{said}; the others: {listed(wrong['subject'])}")


def of_rows(frame: pd.DataFrame, one: str, good: str, many: str = "") -> str:
    """Say how many rows a table of faults has, or that there is none."""
    return _sentence(counted(len(frame), one, many)) if len(frame) else good


def of_definitions(counts: pd.DataFrame) -> str:
    """Say what became of the definitions. Columns read: kept, replaced, gone, lost."""
    total = {name: int(counts[name].sum()) for name in ("kept", "replaced", "gone", "lost")}
    said = ", ".join(f"{number:,} {name}" for name, number in total.items())
    return _sentence(f"of {sum(total.values()):,} definitions {said}")


def of_vehicles(vehicles: pd.DataFrame) -> str:
    """Say whether every vehicle keeps its mileage. Columns read: equal, verdict."""
    same, number = int(vehicles["equal"].sum()), len(vehicles)
    said = f"{same:,} of {number:,} vehicles are equal on both sides"
    odd = int((vehicles["verdict"] == "illogical").sum())
    if not odd:
        return _sentence(f"{said}; no history contradicts itself beyond single readings")
    return _sentence(f"{said}; {odd:,} of them contradict themselves before and after alike")


def of_proofs(proofs: pd.DataFrame, what: str) -> str:
    """Say how many proofs came out as expected. Columns read: status."""
    good = int((proofs["status"] == "ok").sum())
    return _sentence(f"{good} of {len(proofs)} statements {what}")
