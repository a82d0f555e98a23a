"""The sentences say what is in the tables: the absent, the unknown, one and many."""

from __future__ import annotations

import pandas as pd

from motomind_nb import charts
from motomind_nb.desk import sentences


def ledger(*rows: tuple[int | None, int | None]) -> pd.DataFrame:
    """A ledger of tables: rows in the source, rows loaded."""
    lines = [
        {
            "object": f"t{place}",
            "kind": "table",
            "source_rows": source,
            "loaded": loaded,
            "archived": 0 if source is not None else None,
            "quarantined": 0 if source is not None else None,
            "balanced": None if source is None else source == loaded,
        }
        for place, (source, loaded) in enumerate(rows)
    ]
    return pd.DataFrame(lines).astype({"balanced": "boolean"})


def test_a_row_lost_and_a_row_too_many_do_not_make_up_for_each_other() -> None:
    wrong = ledger((10, 9), (10, 11))
    assert charts.ledger_title(wrong).endswith("0 missing, 1 unexplained, 1 too many")
    assert sentences.ledger_balance_sentence(wrong) == "2 tables do not balance: t0, t1."
    assert charts.ledger_title(ledger((10, 9), (5, 5))).endswith("0 missing, 1 unexplained")
    assert charts.ledger_title(ledger((10, 10))).startswith("Each of 10 rows is accounted for")


def test_an_absent_table_is_not_counted_as_balanced() -> None:
    said = sentences.ledger_balance_sentence(ledger((10, 10), (None, None)))
    assert said == "1 table balances to the row; 1 table is absent from the source."


def test_unknown_is_not_good() -> None:
    exposure = pd.DataFrame({"object": ["a"], "row_security": ["unknown"], "problem": [""]})
    assert "does not say" in sentences.source_exposure_sentence(exposure)
    known = exposure.assign(row_security="on")
    assert sentences.source_exposure_sentence(known) == "Nothing of the source is open."
    references = pd.DataFrame({"object": ["a"], "column": ["b"], "orphans": [None]})
    assert sentences.orphans_sentence(references).endswith("1 reference was not counted.")
    rules = pd.DataFrame({"object": ["a", "b"], "rule": ["r", "s"], "rows": [0, None]})
    assert sentences.broken_rules_sentence(rules) == (
        "No row breaks any of the 1 rules checked; 1 rule was not checked."
    )
    empty = pd.DataFrame({"state": ["empty", "absent", "absent"]})
    assert (
        sentences.empty_tables_sentence(empty) == "1 object is empty, 2 are absent from the source."
    )
    nothing = pd.DataFrame({"status": [], "subject": []})
    assert sentences.agreement_sentence(nothing, "totals") == "There were no totals to compare."


def test_notes_are_told_apart_and_not_as_warnings() -> None:
    found = pd.DataFrame({"status": ["note", "warn", "ok"], "accepted": ["", "", ""]})
    said = "Nothing of the run failed; 1 warning, 1 note."
    assert sentences.finding_counts_sentence(found, "the run") == said
    none = found[found["status"] == "ok"]
    assert (
        sentences.finding_counts_sentence(none, "the run")
        == "Nothing of the run failed; no warnings."
    )
    two = pd.concat([found, found])
    assert sentences.finding_counts_sentence(two, "the run").endswith("2 warnings, 2 notes.")
    compared = pd.DataFrame({"status": ["ok", "note", "note"], "subject": ["a", "b", "c"]})
    assert sentences.agreement_sentence(compared, "views") == "1 of 1 views agree; 2 notes."


def test_what_differs_is_not_called_equal() -> None:
    vehicles = pd.DataFrame({"equal": [False, True], "verdict": ["illogical", "logical"]})
    assert sentences.kept_mileage_sentence(vehicles) == "1 of 2 vehicles equal on both sides."
    both = vehicles.assign(equal=True)
    assert "1 of the equal histories" in sentences.kept_mileage_sentence(both)


def test_numbers_and_verbs_agree() -> None:
    keys = pd.DataFrame({"object": ["a", "b"], "columns": ["x", "y"], "holds": [False, False]})
    assert sentences.broken_keys_sentence(keys).startswith("2 keys do not hold")
    assert sentences.broken_keys_sentence(keys[:1]).startswith("1 key does not hold")
    held = pd.DataFrame({"rows": [1]})
    assert sentences.quarantined_rows_sentence(held) == "1 row is in quarantine, by table and rule."
