"""01: the backup is taken, staged and proved, and the staged copy profiled."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from motomind_nb import backup, load, postgres, profile, runs, staging
from motomind_nb.backup import Manifest
from motomind_nb.core import MotomindError, Refused, Tell, rows_counted, tables
from motomind_nb.postgres import Connection
from motomind_nb.runs import BackupFolder, JsonFile, LiveDatabase, Run, Sample, Source, keeps_errors
from motomind_nb.stages import record, start

if TYPE_CHECKING:
    import pandas as pd

KEYS_FILE = "faulty_keys.csv"


def read_run_manifest(run: Run) -> Manifest:
    """Return the manifest of the run's backup. Reads only."""
    return backup.read_manifest(run.backup)


@keeps_errors
def back_up(run: Run) -> pd.DataFrame:
    """Take the source's backup, or verify and copy the one given; return what it holds.

    Writes: the run's folder backup. Reads the source only.
    Columns: object, kind, present, rows, note.
    """
    folder, tell = run.folder / "backup", runs.progress_writer(run.folder)
    shutil.rmtree(folder, ignore_errors=True)
    if isinstance(run.source, Sample | LiveDatabase):
        backup.take_backup(run.source_conninfo(), folder, tell)
    else:
        write_backup(run.source, folder, tell)
    held = backup.read_manifest(folder)
    run.note(input=held.fingerprint)
    return held.frame()


def source_fingerprint(source: Source, tell: Tell) -> str:
    """Return the fingerprint that a source has now, as run.json calls it ``input``.

    Reads the source only; what has to be copied for it lies among the temporary files meanwhile.
    """
    if isinstance(source, BackupFolder):
        backup.verify_backup(source.path)
        return backup.read_manifest(source.path).fingerprint
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "backup"
        write_backup(source, folder, tell)
        return backup.read_manifest(folder).fingerprint


def write_backup(source: Source, folder: Path, tell: Tell) -> None:
    """Write the backup of a source of any kind into a new folder; a backup folder is copied.

    A database may be one whose 35 objects a migration in place moved to schema legacy.

    Writes: the folder. Reads the source only.
    Raises: Refused for a damaged backup or file; MotomindError.
    """
    match source:
        case Sample() | LiveDatabase():
            with start.source_conninfo(source) as conninfo:
                backup.take_backup(conninfo, folder, tell, applied=True)
        case BackupFolder():
            backup.verify_backup(source.path)
            shutil.copytree(source.path, folder)
        case JsonFile():
            backup.convert_json(source.path, folder, tell)
        case _:
            raise MotomindError("source", "a source", source.label, "check its spelling")


@keeps_errors
def stage_backup(run: Run) -> pd.DataFrame:
    """Restore the backup into schema legacy of the target and prove it; return the findings.

    Writes: schemas legacy and audit of the target, all or nothing.
    Raises: Refused when the target, the backup, a value or a key does not fit.
    """
    with run.connect() as connection:
        items = staging.restore_backup(connection, run.backup, runs.progress_writer(run.folder))
        refuse_faulty_keys(connection, run.folder / KEYS_FILE)
        found = record.store_findings(connection, run, "stage", items)
    record.require_passed(run, found)
    return found


def refuse_faulty_keys(connection: Connection, path: Path) -> None:
    """Raise Refused, naming all of them, when keys are NULL or stand in several rows.

    Writes: only then, the file, with columns object, key, rows: a message has an end.
    """
    import pandas as pd

    found = load.faulty_keys(connection)
    if not found:
        return
    tables.write_csv(path, pd.DataFrame(found))
    named = [
        f"{row['object']} {row['key'] or 'without a key'} ({rows_counted(row['rows'])})"
        for row in found
    ]
    raise Refused(
        f"keys of {', '.join(dict.fromkeys(row['object'] for row in found))}",
        "a key of its own in every row",
        "; ".join(named),
        f"correct the source and put its primary key back; {path.name} in the run folder lists all",
    )


@keeps_errors
def take_profile(run: Run, rules: profile.Rules = profile.DEFAULT) -> profile.Profile:
    """Take the profile of the staged copy and record what it finds in the source as it is.

    Writes: its findings.
    """
    with postgres.with_helper(run.connect) as connection:
        held = read_run_manifest(run)
        taken = profile.profile_staged_copy([connection, *connection.helpers], held, rules)
        items = [
            *profile.profile_findings(taken),
            *profile.dependent_findings(held),
            *profile.failing_view_findings(held),
            *profile.incomplete_export_findings(held),
        ]
        if isinstance(run.source, LiveDatabase):
            items += backup.check_images_are_stored(run.source_conninfo())
        record.store_findings(connection, run, "profile", items)
    run.complete("01_profile")
    return taken


def read_only_connection(run: Run) -> postgres.Connection:
    """Return a connection that can only read the target, for a notebook's tables."""
    connection = run.connect(autocommit=True)
    connection.execute(postgres.query("stages/read_only"))
    return connection
