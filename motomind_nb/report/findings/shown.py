"""The findings on the page: what to decide, what to know, notes, and a table of all checks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from motomind_nb.core import counted, gravity
from motomind_nb.report.findings import causes, consequences
from motomind_nb.report.page_tables import FINDINGS, Table, plain_table, rows_left_out, shortened

if TYPE_CHECKING:
    import pandas as pd

BELOW = 100  # findings that are told one by one below the one that explains them
STATUSES = ("ok", "note", "warn", "fail", "accepted")
# what a definition of each kind decides: what changes with it
DECIDES = {
    "owner": "the owner of an object may do everything with it",
    "row level security": "row level security keeps each role to the rows of its tenant",
    "policy": "a policy says which rows a role sees and writes",
    "grant": "a grant says what a role may do",
    "column grant": "a grant says which columns a role may read and write",
    "trigger": "a trigger acts or refuses at each write",
    "column": "its type and NOT NULL say which values the column takes",
    "constraint": "a constraint says which rows the table takes",
    "index": "an index makes reading quick, a unique one refuses rows",
    "body": "whatever calls the function now does something else",
    "function": "whatever calls the function now does something else",
    "query": "the view now shows something else",
    "relation": "a view without security_invoker=true shows each role all rows",
}


def failures_table(
    findings: pd.DataFrame, folder: Path | None, mileage: pd.DataFrame
) -> Table | None:
    """Return what a person has to decide: the failures that nobody accepted, by cause.

    The gravest comes first; what follows from one stands folded in its row. ``folder`` holds the
    lists of rows of the run.
    """
    judged = _judged(findings, "fail")
    if judged.empty:
        return None
    found = judged.fillna("").to_dict("records")
    groups = sorted(causes.group(found, folder, mileage), key=partial(_group_gravity, found))
    heads = judged.iloc[[places[0] for places in groups]]
    heads = heads.assign(detail=[_explained(found[places[0]]) for places in groups])
    caption = f"What to decide: {_in_lines(len(groups), len(judged))}"
    shown = _shown_findings("findings", caption, heads)
    others = [[found[place] for place in places[1:]] for places in groups[:FINDINGS]]
    return replace(shown, below=tuple(_below(items) for items in others)) if shown else None


def _explained(finding: Mapping[Hashable, Any]) -> str:
    """Return what a finding means; for a definition that differs with what such a one decides."""
    detail = str(finding["detail"])
    if finding["check"] != causes.DEFINITIONS:
        return detail
    decides = DECIDES.get(consequences.definition(finding).kind, "")
    return "; ".join(filter(None, (detail, decides)))


def _group_gravity(
    found: Sequence[Mapping[Hashable, Any]], places: Sequence[int]
) -> tuple[Any, ...]:
    """Return the place of a group: by the gravest of its findings, then by how many it explains."""
    gravest = min(gravity(found[place]["check"], 0) for place in places)
    first = gravity(found[places[0]]["check"], int(found[places[0]]["rows"] or 0))
    return gravest, first, -len(places), places[0]


def _below(items: Sequence[Mapping[Hashable, Any]]) -> tuple[str, tuple[str, ...]]:
    """Return how many findings stand below another, and one line for each."""
    if not items:
        return "", ()
    texts = (
        f"{item['check']}: {item['subject']}: expected {item['expected'] or 'none'},"
        f" found {item['found'] or 'none'}{'; ' if item['detail'] else ''}{item['detail']}"
        for item in items[:BELOW]
    )
    more = [f"and {len(items) - BELOW:,} more in findings.csv"] if len(items) > BELOW else []
    return _in_words(items), (*map(shortened, texts), *more)


def _in_words(items: Sequence[Mapping[Hashable, Any]]) -> str:
    """Return how many findings stand below another, by check."""
    by_check = Counter(str(item["check"]) for item in items)
    listed = ", ".join(
        f"{check} ({many:,})" if many > 1 else check for check, many in by_check.most_common()
    )
    return f"{counted(len(items), 'more finding')} that this explains: {listed}"


def _in_lines(lines: int, failures: int) -> str:
    """Return how many failures there are, in how many lines."""
    if lines == failures:
        return f"{counted(failures, 'failure')}, what was found and what to do"
    return f"{counted(failures, 'failure')} in {counted(lines, 'line')}, by what explains them"


def warnings_table(findings: pd.DataFrame) -> Table | None:
    """Return what a person should know: the warnings, one line for each cause."""
    return _findings("warnings", "What to know: warnings by cause", findings, "warn")


def _findings(name: str, caption: str, findings: pd.DataFrame, status: str) -> Table | None:
    """Return the findings of one status that nobody accepted, the gravest first."""
    return _shown_findings(name, caption, _judged(findings, status))


def _judged(findings: pd.DataFrame, status: str) -> pd.DataFrame:
    """Return the findings of one status that nobody accepted, the gravest first."""
    if findings.empty:
        return findings
    judged = findings[(findings["status"] == status) & (findings["accepted"] == "")]
    counts = [int(number or 0) for number in judged["rows"]]
    order = sorted(
        range(len(judged)), key=lambda place: gravity(judged["check"].iloc[place], counts[place])
    )
    return judged.iloc[order].assign(rows=[counts[place] or "" for place in order])


def _shown_findings(name: str, caption: str, judged: pd.DataFrame) -> Table | None:
    """Return a table of findings, as they come."""
    if judged.empty:
        return None
    columns = ["status", "check", "subject", "expected", "found", "rows", "detail"]
    note = rows_left_out(len(judged), FINDINGS, "findings.csv")
    return plain_table(name, caption, judged[columns][:FINDINGS], note)


def checks_table(findings: pd.DataFrame) -> Table | None:
    """Return every check with how many of its findings are ok, notes, warnings and so on."""
    import pandas as pd

    if findings.empty:
        return None
    accepted = (findings["status"] == "fail") & (findings["accepted"] != "")
    status = findings["status"].mask(accepted, "accepted")
    counted = pd.crosstab(findings["check"], status).reindex(columns=list(STATUSES), fill_value=0)
    ordered = counted.sort_values(
        ["fail", "accepted", "warn", "note"], ascending=False, kind="stable"
    )
    shown = ordered.reset_index().rename(columns={"accepted": "accepted_findings"})
    return plain_table(
        "checks", "Every check, and how many of its findings are of each kind", shown
    )


def notes_table(findings: pd.DataFrame) -> Table | None:
    """Return the notes: what is so in every MotoMind database."""
    if findings.empty:
        return None
    found = findings[findings["status"] == "note"]
    columns = ["check", "subject", "expected", "found", "detail"]
    note = rows_left_out(len(found), FINDINGS, "findings.csv")
    return plain_table(
        "notes", "What is so in every MotoMind database", found[columns][:FINDINGS], note
    )


def given_back_table(findings: pd.DataFrame) -> Table | None:
    """Return what the rebuilt tables give back of the old ones, and what they do not."""
    if findings.empty:
        return None
    found = findings[findings["check"] == "round trip"]
    columns = ["subject", "expected", "found", "detail"]
    return plain_table(
        "given-back", "The old tables, put together again", found[columns][:FINDINGS]
    )


def accepted_table(findings: pd.DataFrame) -> Table | None:
    """Return the differences that a person accepted, with the reason."""
    if findings.empty:
        return None
    found = findings[findings["accepted"] != ""]
    columns = ["check", "subject", "expected", "found", "rows", "accepted"]
    return plain_table("accepted", "Differences that a person accepted", found[columns][:FINDINGS])
