"""``junit.xml``: a case for each check, for the test reports of CI and forges."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from junitparser import Error, Failure, JUnitXml, TestCase, TestSuite

from motomind_nb.core import naming_path

if TYPE_CHECKING:
    import pandas as pd

FILE = "junit.xml"
SHOWN = 50  # findings of one check that its case names; all are in findings.csv
# what XML 1.0 has no way to write
UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
Row = dict[Hashable, Any]


def write_junit(folder: Path, verdict: dict[str, Any], findings: pd.DataFrame) -> Path:
    """Write the checks of a run as JUnit XML: a suite for each stage, a case for each check.

    A check fails when one of its findings failed and nobody accepted it. A run without a verdict of
    passed or failed has a case with an error. The same findings give the same bytes.
    Writes: junit.xml.
    """
    xml = JUnitXml("motomind-nb")
    xml.add_testsuite(_suite("run", [_verdict_case(verdict)]))
    stages: dict[str, dict[str, list[Row]]] = {}
    for row in findings.to_dict("records"):
        stages.setdefault(row["stage"], {}).setdefault(row["check"], []).append(row)
    for stage, checks in stages.items():
        cases = [_case(stage, check, rows) for check, rows in checks.items()]
        xml.add_testsuite(_suite(stage, cases))
    xml.update_statistics()  # type: ignore[no-untyped-call]
    path = folder / FILE
    part = path.with_suffix(".part")
    with naming_path(path):
        xml.write(str(part), pretty=True)
    part.replace(path)
    return path


def _suite(name: str, cases: Sequence[TestCase]) -> TestSuite:
    """Return a suite of cases."""
    suite = TestSuite(_writable(name))
    suite.add_testcases(list(cases))
    return suite


def _verdict_case(verdict: dict[str, Any]) -> TestCase:
    """Return the case of the run itself: an error where nothing was proved."""
    case = TestCase("verdict", "run")
    word = str(verdict.get("verdict", "none"))
    if word not in ("passed", "failed"):
        found = Error(_writable(_why(verdict)), _writable(word))
        case.result = [found]
    return case


def _why(verdict: dict[str, Any]) -> str:
    """Return why a run was not finished, in one line."""
    facts = (str(verdict.get(name, "")) for name in ("object", "expected", "found", "action"))
    subject, expected, found, action = facts
    return f"{subject}: expected {expected}, found {found}; {action}"


def _case(stage: str, check: str, rows: Sequence[Row]) -> TestCase:
    """Return the case of one check: failed, or with what it tells as output."""
    case = TestCase(_writable(check), _writable(stage))
    failed = [row for row in rows if row["status"] == "fail" and not row["accepted"]]
    told = [row for row in rows if row["status"] != "ok" and row not in failed]
    if failed:
        more = f" and {len(failed) - 1:,} more" if len(failed) > 1 else ""
        result = Failure(_writable(f"{_said(failed[0])}{more}"), "fail")
        result.text = _writable(_listed(failed))
        case.result = [result]
    if told:
        case.system_out = _writable(_listed(told))
    return case


def _listed(rows: Sequence[Row]) -> str:
    """Return findings as lines, the first of many."""
    lines = [f"{row['status']}: {_said(row)}" for row in rows[:SHOWN]]
    rest = [f"{len(rows) - SHOWN:,} more in findings.csv"] if len(rows) > SHOWN else []
    return "\n".join([*lines, *rest])


def _said(row: Row) -> str:
    """Return what a finding says, in one line."""
    accepted = f"accepted: {row['accepted']}" if row["accepted"] else ""
    parts: Iterable[str] = filter(None, (str(row["detail"] or ""), accepted))
    told = f"{row['subject']}: expected {row['expected']}, found {row['found']}"
    return " ".join("; ".join([told, *parts]).split())


def _writable(text: str) -> str:
    """Return a text without the letters that XML can't hold."""
    return UNWRITABLE.sub("\ufffd", text)
