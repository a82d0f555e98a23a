"""Findings of a run's stages: kept in the target beside what they speak of, accepted or not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pandas

from motomind_nb import accept, database, sql
from motomind_nb.errors import CheckFailed
from motomind_nb.findings import COLUMNS, Finding
from motomind_nb.run import Run, recorded

ACCEPT_FILE = "accepted.toml"


def accepted_entries(run: Run) -> list[accept.Entry]:
    """Return the run's accepted differences, none without a file."""
    path = run.folder / ACCEPT_FILE
    return accept.read(path) if path.exists() else []


def findings(
    connection: database.Connection, run: Run, stage: str, items: Sequence[Finding]
) -> pandas.DataFrame:
    """Keep a stage's findings, those of an earlier try replaced; return them as a frame.

    Writes: audit.finding. Never commits.
    Columns: stage, check, subject, expected, actual, status, detail, accepted (all text).
    """
    today = datetime.now(UTC).date()
    judged = accept.judge(items, accepted_entries(run), today)
    connection.execute(sql.query("pipeline/forget_findings"), {"run": run.id, "stage": stage})
    with connection.cursor() as cursor, cursor.copy(sql.query("pipeline/keep_findings")) as copy:
        for position, (item, reason) in enumerate(judged, start=1):
            copy.write_row((run.id, stage, position, *item.row(), reason))
    return pandas.DataFrame(
        [(stage, *item.row(), reason or "") for item, reason in judged],
        columns=["stage", *COLUMNS, "accepted"],
    )


def all_findings(connection: database.Connection, run: Run) -> pandas.DataFrame:
    """Return every finding of the run: stage, check, ..., detail, accepted. Reads only."""
    return database.frame(connection, sql.query("pipeline/findings"), {"run": run.id})


@recorded
def require_passed(run: Run, found: pandas.DataFrame) -> str:  # noqa: ARG001 - recorded uses it
    """Return a sentence that counts the findings, unless one failed and nobody accepted it.

    Raises: CheckFailed, naming the first failures and how many more there are.
    """
    failed = found[(found.status == "fail") & (found.accepted == "")]
    if len(failed):
        first = failed.iloc[0]
        raise CheckFailed(
            f"{first['check']}: {first['subject']}", first["expected"], first["actual"],
            f"{first['detail']} ({len(failed)} checks failed in all; see findings.csv)".strip(),
        )  # fmt: skip
    number = found.status.value_counts().to_dict()
    return f"passed: {number.get('ok', 0)} checks ok, {number.get('warn', 0)} warnings"


def copy_accept_file(run: Run, path: Path | None) -> None:
    """Copy the accept file into the run folder, so that the run tells its own story.

    Raises: MotomindError when the file can't be read as one.
    """
    if path is None:
        return
    accept.read(path)
    (run.folder / ACCEPT_FILE).write_bytes(path.read_bytes())
