"""What each table of a notebook means, in one sentence computed from it."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

SAMPLES = 3  # names that a sentence lists


def counted(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun: ``1 row``, ``3 rows``, ``no rows``."""
    noun = one if number == 1 else many or f"{one}s"
    return f"{number:,} {noun}" if number else f"no {noun}"


def count_with_verb(number: int, one: str, many: str) -> str:
    """Return the number with the words that agree with it: ``1 key does``, ``2 keys do``."""
    return f"{number:,} {one if number == 1 else many}"


def few_names_and_more(names: Iterable[object]) -> str:
    """Return a few names and how many more there are."""
    every = [str(name) for name in names]
    more = len(every) - SAMPLES
    return ", ".join(every[:SAMPLES]) + (f" and {more:,} more" if more > 0 else "")


def _sentence(text: str) -> str:
    """Return the text as a sentence."""
    return f"{text[:1].upper()}{text[1:]}."


def backup_size_sentence(held: pd.DataFrame) -> str:
    """Say how much the backup holds. Columns read: object, kind, present, rows."""
    tables = held[(held["kind"] == "table") & held["present"]]
    absent = held[~held["present"]]["object"].tolist()
    said = (
        f"{counted(int(tables['rows'].fillna(0).sum()), 'row')} of {len(tables)} tables are saved"
    )
    return _sentence(said + (f"; the source lacks {few_names_and_more(absent)}" if absent else ""))


def finding_counts_sentence(found: pd.DataFrame, what: str) -> str:
    """Say how many findings there are of each status. Columns read: status, accepted."""
    failed = int(((found["status"] == "fail") & (found["accepted"] == "")).sum())
    warned, noted = (int((found["status"] == status).sum()) for status in ("warn", "note"))
    if failed:
        return _sentence(f"{counted(failed, 'check')} of {what} failed")
    notes = f", {counted(noted, 'note')}" if noted else ""
    return _sentence(f"nothing of {what} failed; {counted(warned, 'warning')}{notes}")


def objects_with_rows_sentence(objects: pd.DataFrame) -> str:
    """Say what holds rows. Columns read: object, kind, rows (NULL where absent)."""
    tables = objects[(objects["kind"] == "table") & objects["rows"].notna()]
    filled = tables[tables["rows"] > 0]
    largest = filled.sort_values("rows", ascending=False)["object"].head(1).tolist()
    every = count_with_verb(len(tables), "table", "tables")
    said = f"{len(filled)} of the {every} of the source hold rows"
    return _sentence(said + (f", most of them {largest[0]}" if largest else ""))


def unplanned_years_sentence(years: pd.DataFrame) -> str:
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
    return _sentence(
        f"{span}; the original plan has no partition for {few_names_and_more(lacking)}"
    )


def broken_keys_sentence(keys: pd.DataFrame) -> str:
    """Say whether what should be a key is one. Columns read: object, columns, holds."""
    broken = keys[keys["holds"].eq(False)]
    if broken.empty:
        return "Every key that was checked holds."
    named = (f"{row['object']} ({row['columns']})" for row in broken.to_dict("records"))
    said = count_with_verb(len(broken), "key does not hold", "keys do not hold")
    return _sentence(f"{said}: {few_names_and_more(named)}")


def orphans_sentence(references: pd.DataFrame) -> str:
    """Say whether a reference points at nothing. Columns read: object, column, orphans."""
    unknown = int(references["orphans"].isna().sum())
    rest = (
        f"; {count_with_verb(unknown, 'reference was', 'references were')} not counted"
        if unknown
        else ""
    )
    orphans = references[references["orphans"].fillna(0) > 0]
    if orphans.empty:
        return _sentence(f"no row that was checked points at a row that is not there{rest}")
    named = (f"{row['object']}.{row['column']}" for row in orphans.to_dict("records"))
    return _sentence(f"rows that point at nothing stand in {few_names_and_more(named)}{rest}")


def broken_rules_sentence(rules: pd.DataFrame) -> str:
    """Say which rules of the rebuilt schema old rows break. Columns read: object, rule, rows."""
    unknown = int(rules["rows"].isna().sum())
    rest = f"; {count_with_verb(unknown, 'rule was', 'rules were')} not checked" if unknown else ""
    broken = rules[rules["rows"].fillna(0) > 0]
    if broken.empty:
        return _sentence(f"no row breaks any of the {len(rules) - unknown} rules checked{rest}")
    named = (f"{row['object']}: {row['rule']}" for row in broken.to_dict("records"))
    said = f"{count_with_verb(len(broken), 'rule is', 'rules are')} broken by old rows"
    return _sentence(f"{said}: {few_names_and_more(named)}{rest}")


def source_exposure_sentence(exposure: pd.DataFrame) -> str:
    """Say how open the source is. Columns read: object, row_security, problem."""
    exposed = exposure[exposure["problem"] != ""]
    if len(exposure) and (exposure["row_security"] == "unknown").all():
        return "The source does not say who may read and change what."
    if exposed.empty:
        return "Nothing of the source is open."
    return _sentence(f"open as it is: {few_names_and_more(exposed['object'])}")


def empty_tables_sentence(empty: pd.DataFrame) -> str:
    """Say what holds nothing. Columns read: state (empty, absent)."""
    absent = int((empty["state"] == "absent").sum())
    said = count_with_verb(len(empty) - absent, "object is empty", "objects are empty")
    return _sentence(said + (f", {absent:,} are absent from the source" if absent else ""))


def ledger_balance_sentence(ledger: pd.DataFrame) -> str:
    """Say whether every row is accounted for. Columns read: kind, balanced, object."""
    tables = ledger[ledger["kind"] == "table"]
    known = tables[tables["balanced"].notna()]
    wrong = known[~known["balanced"].astype(bool)]["object"].tolist()
    absent = len(tables) - len(known)
    rest = (
        f"; {count_with_verb(absent, 'table is', 'tables are')} absent from the source"
        if absent
        else ""
    )
    if wrong:
        said = count_with_verb(len(wrong), "table does not balance", "tables do not balance")
        return _sentence(f"{said}: {few_names_and_more(wrong)}{rest}")
    return _sentence(
        f"{count_with_verb(len(known), 'table balances', 'tables balance')} to the row{rest}"
    )


def target_rows_sentence(targets: pd.DataFrame) -> str:
    """Say whether the targets hold what their sources gave. Columns read: target, equal."""
    wrong = targets[~targets["equal"].astype(bool)]["target"].tolist()
    if wrong:
        return _sentence(
            f"other numbers of rows than their sources gave: {few_names_and_more(wrong)}"
        )
    return _sentence(f"each of the {len(targets)} target tables holds what its sources gave")


def agreement_sentence(compared: pd.DataFrame, what: str) -> str:
    """Say how much of a before-and-after table agrees. Columns read: status, subject."""
    judged = compared[compared["status"] != "note"]
    wrong = judged[judged["status"] != "ok"]
    if judged.empty:
        return _sentence(f"there were no {what} to compare")
    said = f"{len(judged) - len(wrong)} of {len(judged)} {what} agree"
    rest = f"; the others: {few_names_and_more(wrong['subject'])}" if len(wrong) else ""
    noted = counted(len(compared) - len(judged), "note")
    return _sentence(said + rest + (f"; {noted}" if len(judged) < len(compared) else ""))


def fault_rows_sentence(frame: pd.DataFrame, one: str, good: str, many: str = "") -> str:
    """Say how many rows a table of faults has, or that there is none."""
    return _sentence(counted(len(frame), one, many)) if len(frame) else good


def definition_fates_sentence(counts: pd.DataFrame) -> str:
    """Say what became of the definitions. Columns read: kept, replaced, gone, lost."""
    total = {name: int(counts[name].sum()) for name in ("kept", "replaced", "gone", "lost")}
    if not sum(total.values()):
        return "The source tells no definitions."
    said = ", ".join(f"{number:,} {name}" for name, number in total.items())
    return _sentence(f"of {sum(total.values()):,} definitions {said}")


def kept_mileage_sentence(vehicles: pd.DataFrame) -> str:
    """Say whether every vehicle keeps its mileage. Columns read: equal, verdict."""
    same = vehicles[vehicles["equal"]]
    odd = int((same["verdict"] == "illogical").sum())
    every = count_with_verb(len(vehicles), "vehicle", "vehicles")
    said = f"{len(same):,} of {every} equal on both sides"
    if not odd:
        return _sentence(said)
    return _sentence(f"{said}; {odd:,} of the equal histories contradict themselves, as they did")


def quarantined_rows_sentence(held: pd.DataFrame) -> str:
    """Say how many rows are in quarantine. Columns read: rows."""
    if held.empty:
        return "No row is in quarantine."
    rows = count_with_verb(int(held["rows"].sum()), "row is", "rows are")
    return _sentence(f"{rows} in quarantine, by table and rule")


def expected_proofs_sentence(proofs: pd.DataFrame, what: str) -> str:
    """Say how many proofs came out as expected. Columns read: status."""
    good = int((proofs["status"] == "ok").sum())
    return _sentence(f"{good} of {len(proofs)} statements {what}")
