"""Whether a rehearsal allows an apply: passed, well signed, its backup sound and young."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from motomind_nb import backup, provenance
from motomind_nb.apply.planning.points import open_point
from motomind_nb.core import Finding, MotomindError, read_json_or_empty
from motomind_nb.runs import Run

VERDICT = "verdict.json"
SIGNATURE = "signature.json"  # as motomind_nb.signing names it, which takes long to import


def rehearsal_points(run: Run, backup_age: float, signed_by: Path | None) -> list[Finding]:
    """Return what stands against an apply after this rehearsal. Reads the run folder only.

    ``backup_age``: the most hours since the backup was taken. With ``signed_by`` the run must be
    signed with that public key.
    """
    return [*_verdict(run), *_signature(run, signed_by), *_backup(run, backup_age)]


def _verdict(run: Run) -> list[Finding]:
    """Return an open point unless the run passed, with this tool's schema and mapping."""
    facts = read_json_or_empty(run.folder / VERDICT)
    found = str(facts.get("verdict", "no verdict"))
    points = []
    if found != "passed":
        points.append(_point(run, "passed", found, "rehearse until it passes"))
    known, here = facts.get("tool", {}), provenance.tool_facts()
    differing = [name for name in ("schema", "mapping") if known.get(name) != here[name]]
    if differing:
        points.append(
            _point(
                run,
                "the schema and mapping of this motomind",
                f"another {' and another '.join(differing)}",
                "rehearse again with this version",
            )
        )
    return points


def _signature(run: Run, signed_by: Path | None) -> list[Finding]:
    """Return an open point where a signature is not good, or one that is demanded is missing."""
    signed = (run.folder / SIGNATURE).exists()
    if not signed and signed_by is None:
        return []
    from motomind_nb import signing

    if not signed:
        return [_point(run, f"signed with {signed_by}", "unsigned", "motomind sign --run")]
    try:
        trusted = signing.read_public_key(signed_by) if signed_by else None
        signing.verify_folder(run.folder, trusted)
    except MotomindError as error:
        return [_point(run, error.expected, f"{error.subject}: {error.found}", error.action)]
    return []


def _backup(run: Run, most_hours: float) -> list[Finding]:
    """Return an open point where the backup is damaged or too old."""
    try:
        held = backup.verify_backup(run.backup)
    except MotomindError as error:
        return [_point(run, error.expected, f"{error.subject}: {error.found}", error.action)]
    taken = held.source.get("taken_at", "")
    try:
        age = datetime.now(UTC) - datetime.fromisoformat(taken.replace("Z", "+00:00"))
    except ValueError:
        return [_point(run, "a backup that says when it was taken", repr(taken), "rehearse again")]
    if age > timedelta(hours=most_hours):
        hours = age.total_seconds() / 3600
        return [
            _point(
                run,
                f"a backup of the last {most_hours:g} hours",
                f"one {hours:,.1f} hours old",
                "rehearse again, or allow more with --backup-age",
            )
        ]
    return []


def _point(run: Run, expected: str, found: str, action: str) -> Finding:
    """Return an open point about the rehearsal."""
    return open_point(f"rehearsal {run.id}", expected, found, action)
