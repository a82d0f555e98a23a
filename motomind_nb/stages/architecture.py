"""05: the promises of the architecture, tried on the live target."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from motomind_nb import rebuilt, reconcile
from motomind_nb.core import Finding, Refused
from motomind_nb.postgres import Connection, findings_or_gone, read_or_none, with_helper
from motomind_nb.runs import (
    Run,
    keep_seconds,
    keeps_errors,
    kept_evidence,
    loading_run,
    progress_writer,
)
from motomind_nb.stages import record
from motomind_nb.stages.rebuild import CAPTURE_FILE

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Architecture:
    """What the proofs give: proofs, rights, findings, one frame each."""

    proofs: pd.DataFrame
    rights: pd.DataFrame
    findings: pd.DataFrame


@keeps_errors
def run_architecture_proofs(run: Run) -> Architecture:
    """Run the proofs of the architecture in the live target; nothing that is tried stays.

    The schema is also compared with what the loading run captured when it had built it, and the old
    rows with what the rebuilt tables give back of them.
    Raises: Refused when that run's capture is missing or was changed.
    """
    run.require("04_mileage")
    captured = rebuilt.Capture.from_json(kept_evidence(loading_run(run), CAPTURE_FILE))
    with with_helper(run.connect) as connection:
        with keep_seconds(run, "prove"):
            proofs, unproved = _proved(connection)
            rights = read_or_none(connection, partial(rebuilt.compare_rights, connection))
        as_built = partial(rebuilt.compare_with_capture, connection, captured)
        checks: list[Callable[[], list[Finding]]] = [
            keep_seconds(run, "check schema")(partial(rebuilt.check_schema, connection, rights)),
            partial(findings_or_gone, connection, "schema as built", as_built),
            partial(reconcile.round_trip_findings, connection),
        ]
        items = [*rebuilt.proof_findings(proofs), *unproved, *_told_of_each(run, checks)]
        found = record.store_findings(connection, run, "architecture", items)
    run.complete("05_architecture")
    known = rebuilt.no_rights() if rights is None else rights
    return Architecture(proofs, known, found)


def _told_of_each(run: Run, checks: list[Callable[[], list[Finding]]]) -> Iterator[Finding]:
    """Yield what the checks find, telling how many of them are done; the proofs are the first."""
    tell, total = progress_writer(run.folder), len(checks) + 1
    tell("proofs and checks", 1, total)
    for number, check in enumerate(checks, 2):
        yield from check()
        tell("proofs and checks", number, total)


def _proved(connection: Connection) -> tuple[pd.DataFrame, list[Finding]]:
    """Return the proofs; none of them and a failure where the rebuilt schema is not complete."""
    frames: list[pd.DataFrame] = []

    def tell() -> list[Finding]:
        try:
            frames.append(rebuilt.run_proofs(connection))
        except Refused as error:
            return [
                Finding(
                    "proof", "rebuilt schema", error.expected, error.found, "fail", error.action
                )
            ]
        return []

    found = findings_or_gone(connection, "proof", tell)
    return (frames or [rebuilt.no_proofs()])[0], found
