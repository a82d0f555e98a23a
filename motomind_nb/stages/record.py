"""Findings of a run's stages: kept in the target beside what they speak of, accepted or not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from motomind_nb import postgres, runs
from motomind_nb.core import COLUMNS, CheckFailed, Finding
from motomind_nb.postgres import query
from motomind_nb.runs import Run, keeps_errors

ACCEPT_FILE = "accepted.toml"


def accepted_entries(run: Run) -> list[runs.Entry]:
    """Return the run's accepted differences, none without a file."""
    path = run.folder / ACCEPT_FILE
    return runs.read_accepted(path) if path.exists() else []


def store_findings(
    connection: postgres.Connection, run: Run, stage: str, items: Sequence[Finding]
) -> pd.DataFrame:
    """Keep a stage's findings, those of an earlier try replaced; return them as a frame.

    Writes: audit.finding. Never commits.
    Columns: stage, check, subject, expected, actual, status, detail, accepted (all text).
    """
    today = datetime.now(UTC).date()
    judged = runs.judge_findings(items, accepted_entries(run), today)
    connection.execute(query("stages/forget_findings"), {"run": run.id, "stage": stage})
    with connection.cursor() as cursor, cursor.copy(query("stages/keep_findings")) as copy:
        for position, (item, reason) in enumerate(judged, start=1):
            copy.write_row((run.id, stage, position, *item.row(), reason))
    return pd.DataFrame(
        [(stage, *item.row(), reason or "") for item, reason in judged],
        columns=["stage", *COLUMNS, "accepted"],
    )


def all_findings(connection: postgres.Connection, run: Run) -> pd.DataFrame:
    """Return every finding of the run: stage, check, ..., detail, accepted. Reads only."""
    return postgres.frame(connection, query("stages/findings"), {"run": run.id})


def findings_of(run: Run, *stages: str) -> pd.DataFrame:
    """Return the findings of the named stages (of all without a name), the gravest first.

    Reads only, what is committed.
    Columns: stage, check, subject, expected, actual, status, detail, accepted (all text).
    """
    found = run.summary(query("stages/findings"), {"run": run.id})
    return found[found.stage.isin(stages)] if stages else found


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
            first["actual"],
            f"{first['detail']} ({len(failed)} checks failed in all; see findings.csv)".strip(),
        )
    number = found.status.value_counts().to_dict()
    return f"passed: {number.get('ok', 0)} checks ok, {number.get('warn', 0)} warnings"


def copy_accept_file(run: Run, path: Path | None) -> None:
    """Copy the accept file into the run folder, so that the run tells its own story.

    Raises: MotomindError when the file can't be read as one.
    """
    if path is None:
        return
    runs.read_accepted(path)
    (run.folder / ACCEPT_FILE).write_bytes(path.read_bytes())
