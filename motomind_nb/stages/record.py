"""Findings of a run's stages: kept in the run folder, copied into the target, accepted or not.

Verdict and report read the files. The copy in audit.finding is for those who look into the
database; whether it still is one, ``witness`` says.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from psycopg import errors

from motomind_nb import postgres, runs
from motomind_nb.core import COLUMNS, CheckFailed, Finding, gravity, status_counts_in_words, tables
from motomind_nb.postgres import query
from motomind_nb.runs import Run, keeps_errors

if TYPE_CHECKING:
    import pandas as pd

ACCEPT_FILE = "accepted.toml"
FOLDER = "findings"
STORED = ("stage", *COLUMNS, "accepted")
Line = tuple[Any, ...]  # the values of STORED
STAGES = ("stage", "profile", "load", "row_counts", "mileage", "architecture", "accept", "report")
# a table that is gone, that lacks a column, or whose rules or triggers refuse a finding
UNWRITABLE = (errors.ProgrammingError, errors.IntegrityError, errors.DataError)


def accepted_entries(run: Run) -> list[runs.Entry]:
    """Return the run's accepted differences, none without a file."""
    path = run.folder / ACCEPT_FILE
    return runs.read_accepted(path) if path.exists() else []


def store_findings(
    connection: postgres.Connection, run: Run, stage: str, items: Sequence[Finding]
) -> pd.DataFrame:
    """Keep a stage's findings, those of an earlier try replaced; return them as a frame.

    What looks like a secret is masked here, once for all that read findings, and control characters
    are written as text. Writes: evidence/findings/<stage>.json, then audit.finding as far as it can
    be written.
    Columns: stage, check, subject, expected, found, status, detail, rows (int), digest, accepted
    (text).
    """
    import pandas as pd

    today = datetime.now(UTC).date()
    told = [_safely(item) for item in items]
    judged = runs.judge_findings(told, accepted_entries(run), today)
    lines = [(stage, *item.row(), reason or "") for item, reason in judged]
    found = pd.DataFrame(lines, columns=list(STORED))
    runs.keep_evidence(run, f"{FOLDER}/{stage}.json", json.dumps(lines, indent=1).encode())
    with suppress(*UNWRITABLE, errors.RaiseException), connection.transaction():
        _copy(connection, run, stage, lines)
    return found


def _safely(item: Finding) -> Finding:
    """Return a finding that may be shown; its digest stays that of what was found."""
    return replace(
        item,
        check=_safe(item.check),
        subject=_safe(item.subject),
        expected=_safe(item.expected),
        found=_safe(item.found),
        detail=_safe(item.detail),
    )


def _safe(text: str) -> str:
    """Return a text of a finding without secrets and without what a terminal would obey."""
    return tables.escape_control_characters(postgres.mask_secrets(text))


def _copy(connection: postgres.Connection, run: Run, stage: str, lines: Sequence[Line]) -> None:
    """Copy a stage's findings into audit.finding."""
    connection.execute(query("stages/forget_findings"), {"run": run.id, "stage": stage})
    with connection.cursor() as cursor, cursor.copy(query("stages/keep_findings")) as copy:
        for position, (*line, accepted) in enumerate(lines, start=1):
            copy.write_row((run.id, position, *line, accepted or None))


def stored_stages(run: Run) -> list[str]:
    """Return the stages whose findings a run kept. Reads only."""
    return [PurePosixPath(name).stem for name in runs.evidence_names(run, FOLDER)]


def stored_findings(run: Run, stage: str) -> list[Line]:
    """Return a stage's findings as the run kept them, in their order. Reads only.

    Columns: stage, check, subject, expected, found, status, detail, rows (int), digest, accepted
    (text).
    Raises: Refused when the file was edited or is gone.
    """
    content = runs.kept_evidence(run, f"{FOLDER}/{stage}.json")
    return [tuple(line) for line in json.loads(content)]


def judged_stages(run: Run) -> list[list[Finding]]:
    """Return the findings of each stage that a person may accept, as the run kept them.

    Reads only. Raises: Refused when a file of findings was edited or is gone.
    """
    stages = [stage for stage in stored_stages(run) if stage != "accept"]
    return [
        [Finding(*line[1:-1]) for line in stored_findings(run, stage)]
        for stage in sorted(stages, key=lambda name: (*STAGES, name).index(name))
    ]


def read_stage_findings(run: Run, *stages: str) -> pd.DataFrame:
    """Return the findings of the named stages (of all without a name), the gravest first.

    They come from the run folder, never from the database under test. Reads only.
    Columns: stage, check, subject, expected, found, status, detail, rows (int), digest, accepted
    (text).
    Raises: Refused when a file of findings was edited or is gone.
    """
    import pandas as pd

    wanted = [stage for stage in stored_stages(run) if not stages or stage in stages]
    ordered = sorted(wanted, key=lambda stage: (*STAGES, stage).index(stage))
    lines = [line for stage in ordered for line in stored_findings(run, stage)]
    lines.sort(key=_gravity)
    return pd.DataFrame(lines, columns=list(STORED))


def _gravity(line: Line) -> tuple[int, int, int]:
    """Return the place of a finding among others: failures that nobody accepted come first."""
    known = dict(zip(STORED, line, strict=True))
    status = "accepted" if known["status"] == "fail" and known["accepted"] else known["status"]
    place = ["fail", "accepted", "warn", "note", "ok"].index(status)
    return (place, *gravity(known["check"], known["rows"]))


@keeps_errors
def require_passed(run: Run, found: pd.DataFrame) -> str:  # noqa: ARG001 - recorded uses it
    """Return a sentence that counts the findings, unless one failed and nobody accepted it.

    Raises: CheckFailed, naming the first failures and how many more there are.
    """
    failed = found[(found.status == "fail") & (found.accepted == "")]
    if len(failed):
        first = failed.iloc[0]
        raise CheckFailed(
            f"{first['check']}: {first['subject']}",
            first["expected"],
            first["found"],
            f"{first['detail']} ({len(failed)} checks failed in all; see findings.csv)".strip(),
        )
    return f"passed: {status_counts_in_words(Counter(found.status))}"


def copy_accept_file(run: Run, path: Path | None) -> None:
    """Copy the accept file into the run folder, so that the run tells its own story.

    Raises: MotomindError when the file can't be read as one.
    """
    if path is None:
        return
    runs.read_accepted(path)
    (run.folder / ACCEPT_FILE).write_bytes(path.read_bytes())


def begin_accept_file(run: Run, reason: str, by: str, until: date | None) -> str:
    """Return an accept file for the failures of a run, as TOML. Reads only.

    What the run's own accept file says of a failure is kept; of all others ``reason`` and ``by``
    are as given, and ``until`` is the last day, 90 days from today unless given.
    Raises: Refused when a file of findings was edited or is gone.
    """
    last = until or datetime.now(UTC).date() + timedelta(days=runs.DAYS)
    entries = accepted_entries(run)
    defaults = {"reason": reason, "by": by, "until": last}
    return runs.accept_file(judged_stages(run), entries, defaults)
