"""What each table of a notebook means, in one sentence computed from it."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

SAMPLES = 3  # names that a sentence lists


def counted(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun: ``1 row``, ``3 rows``, ``no rows``."""
    noun = one if number == 1 else many or f"{one}s"
    return f"{number:,} {noun}" if number else f"no {noun}"


def verb(number: int, one: str, many: str) -> str:
    """Return the number with the words that agree with it: ``1 key does``, ``2 keys do``."""
    return f"{number:,} {one if number == 1 else many}"


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
    warned, noted = (int((found["status"] == status).sum()) for status in ("warn", "note"))
    if failed:
        return _sentence(f"{counted(failed, 'check')} of {what} failed")
    notes = f", {counted(noted, 'note')}" if noted else ""
    return _sentence(f"nothing of {what} failed; {counted(warned, 'warning')}{notes}")


def of_objects(objects: pd.DataFrame) -> str:
    """Say what holds rows. Columns read: object, kind, rows (NULL where absent)."""
    tables = objects[(objects["kind"] == "table") & objects["rows"].notna()]
    filled = tables[tables["rows"] > 0]
    largest = filled.sort_values("rows", ascending=False)["object"].head(1).tolist()
    said = f"{len(filled)} of the {verb(len(tables), 'table', 'tables')} of the source hold rows"
    return _sentence(said + (f", most of them {largest[0]}" if largest else ""))


def of_years(years: pd.DataFrame) -> str:
    """Say which years the original plan forgot. Columns read: year, original_plan."""
    if years.empty:
        return "No event has a date."
    known = years[years["year"].notna()]
    lacking: list[object] = sorted(set(known[known["original_plan"] == "has none"]["year"]))
    span = f"events lie in {known['year'].min()} to {known['year'].max()}"
    if len(known) < len(years):
        lacking.append("infinity")
        span = span if len(known) else "every event lies at infinity"
    if not lacking:
        return _sentence(f"{span}, and the original plan has a partition for each year")
    return _sentence(f"{span}; the original plan has no partition for {listed(lacking)}")


def of_keys(keys: pd.DataFrame) -> str:
    """Say whether what should be a key is one. Columns read: object, columns, holds."""
    broken = keys[keys["holds"].eq(False)]
    if broken.empty:
        return "Every key that was checked holds."
    named = (f"{row['object']} ({row['columns']})" for row in broken.to_dict("records"))
    said = verb(len(broken), "key does not hold", "keys do not hold")
    return _sentence(f"{said}: {listed(named)}")


def of_references(references: pd.DataFrame) -> str:
    """Say whether a reference points at nothing. Columns read: object, column, orphans."""
    unknown = int(references["orphans"].isna().sum())
    rest = f"; {verb(unknown, 'reference was', 'references were')} not counted" if unknown else ""
    orphans = references[references["orphans"].fillna(0) > 0]
    if orphans.empty:
        return _sentence(f"no row that was checked points at a row that is not there{rest}")
    named = (f"{row['object']}.{row['column']}" for row in orphans.to_dict("records"))
    return _sentence(f"rows that point at nothing stand in {listed(named)}{rest}")


def of_rules(rules: pd.DataFrame) -> str:
    """Say which rules of the rebuilt schema old rows break. Columns read: object, rule, rows."""
    unknown = int(rules["rows"].isna().sum())
    rest = f"; {verb(unknown, 'rule was', 'rules were')} not checked" if unknown else ""
    broken = rules[rules["rows"].fillna(0) > 0]
    if broken.empty:
        return _sentence(f"no row breaks any of the {len(rules) - unknown} rules checked{rest}")
    named = (f"{row['object']}: {row['rule']}" for row in broken.to_dict("records"))
    said = f"{verb(len(broken), 'rule is', 'rules are')} broken by old rows"
    return _sentence(f"{said}: {listed(named)}{rest}")


def of_exposure(exposure: pd.DataFrame) -> str:
    """Say how open the source is. Columns read: object, row_security, problem."""
    exposed = exposure[exposure["problem"] != ""]
    if len(exposure) and (exposure["row_security"] == "unknown").all():
        return "The source does not say who may read and change what."
    if exposed.empty:
        return "Nothing of the source is open."
    return _sentence(f"open as it is: {listed(exposed['object'])}")


def of_empty(empty: pd.DataFrame) -> str:
    """Say what holds nothing. Columns read: state (empty, absent)."""
    absent = int((empty["state"] == "absent").sum())
    said = verb(len(empty) - absent, "object is empty", "objects are empty")
    return _sentence(said + (f", {absent:,} are absent from the source" if absent else ""))


def of_ledger(ledger: pd.DataFrame) -> str:
    """Say whether every row is accounted for. Columns read: kind, balanced, object."""
    tables = ledger[ledger["kind"] == "table"]
    known = tables[tables["balanced"].notna()]
    wrong = known[~known["balanced"].astype(bool)]["object"].tolist()
    absent = len(tables) - len(known)
    rest = f"; {verb(absent, 'table is', 'tables are')} absent from the source" if absent else ""
    if wrong:
        said = verb(len(wrong), "table does not balance", "tables do not balance")
        return _sentence(f"{said}: {listed(wrong)}{rest}")
    return _sentence(f"{verb(len(known), 'table balances', 'tables balance')} to the row{rest}")


def of_targets(targets: pd.DataFrame) -> str:
    """Say whether the targets hold what their sources gave. Columns read: target, equal."""
    wrong = targets[~targets["equal"].astype(bool)]["target"].tolist()
    if wrong:
        return _sentence(f"other numbers of rows than their sources gave: {listed(wrong)}")
    return _sentence(f"each of the {len(targets)} target tables holds what its sources gave")


def of_comparison(compared: pd.DataFrame, what: str) -> str:
    """Say how much of a before-and-after table agrees. Columns read: status, subject."""
    judged = compared[compared["status"] != "note"]
    wrong = judged[judged["status"] != "ok"]
    if judged.empty:
        return _sentence(f"there were no {what} to compare")
    said = f"{len(judged) - len(wrong)} of {len(judged)} {what} agree"
    rest = f"; the others: {listed(wrong['subject'])}" if len(wrong) else ""
    noted = counted(len(compared) - len(judged), "note")
    return _sentence(said + rest + (f"; {noted}" if len(judged) < len(compared) else ""))


def of_rows(frame: pd.DataFrame, one: str, good: str, many: str = "") -> str:
    """Say how many rows a table of faults has, or that there is none."""
    return _sentence(counted(len(frame), one, many)) if len(frame) else good


def of_definitions(counts: pd.DataFrame) -> str:
    """Say what became of the definitions. Columns read: kept, replaced, gone, lost."""
    total = {name: int(counts[name].sum()) for name in ("kept", "replaced", "gone", "lost")}
    if not sum(total.values()):
        return "The source tells no definitions."
    said = ", ".join(f"{number:,} {name}" for name, number in total.items())
    return _sentence(f"of {sum(total.values()):,} definitions {said}")


def of_vehicles(vehicles: pd.DataFrame) -> str:
    """Say whether every vehicle keeps its mileage. Columns read: equal, verdict."""
    same = vehicles[vehicles["equal"]]
    odd = int((same["verdict"] == "illogical").sum())
    said = f"{len(same):,} of {verb(len(vehicles), 'vehicle', 'vehicles')} equal on both sides"
    if not odd:
        return _sentence(said)
    return _sentence(f"{said}; {odd:,} of the equal histories contradict themselves, as they did")


def of_quarantine(held: pd.DataFrame) -> str:
    """Say how many rows are in quarantine. Columns read: rows."""
    if held.empty:
        return "No row is in quarantine."
    rows = verb(int(held["rows"].sum()), "row is", "rows are")
    return _sentence(f"{rows} in quarantine, by table and rule")


def of_proofs(proofs: pd.DataFrame, what: str) -> str:
    """Say how many proofs came out as expected. Columns read: status."""
    good = int((proofs["status"] == "ok").sum())
    return _sentence(f"{good} of {len(proofs)} statements {what}")
