"""Evidence: files of the run folder whose checksum stands in run.json, read back only as written.

The database under test can be changed by anybody who may write to it, so what testifies about it
lies here, outside.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from motomind_nb.core import Refused, naming_path
from motomind_nb.runs.run import Run, open_run_folder

FOLDER = "evidence"


def keep_evidence(run: Run, name: str, content: bytes) -> None:
    """Keep a file of a run. Writes: evidence/<name> and its checksum in run.json."""
    path = run.folder / FOLDER / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with naming_path(path):
        path.write_bytes(content)
    run.note(**{FOLDER: {**_known(run), name: hashlib.sha256(content).hexdigest()}})


def kept_evidence(run: Run, name: str) -> bytes:
    """Return a kept file as it was written. Reads only.

    Raises: Refused when it is missing or differs from its checksum.
    """
    path = run.folder / FOLDER / name
    known = _known(run).get(name)
    content = path.read_bytes() if path.is_file() else None
    found = None if content is None else hashlib.sha256(content).hexdigest()
    if content is None or found != known:
        raise Refused(
            f"run {run.id}: {FOLDER}/{name}",
            f"the file that the run wrote (sha256 {str(known)[:12] if known else 'never noted'})",
            "none" if content is None else f"another one (sha256 {str(found)[:12]})",
            "run the audit again; what lies in a run folder is never edited",
        )
    return content


def evidence_names(run: Run, folder: str) -> list[str]:
    """Return the names of the files kept below a folder, noted or lying there. Reads only."""
    here = run.folder / FOLDER
    lying = {path.relative_to(here).as_posix() for path in (here / folder).glob("*")}
    noted = {name for name in _known(run) if name.startswith(f"{folder}/")}
    return sorted(lying | noted)


def loading_run(run: Run) -> Run:
    """Return the run that loaded the target: this one, or the one that it checks. Reads only.

    Raises: Refused when the folder of the checked run is gone.
    """
    facts = run.facts()
    if facts.get("checks") is None:
        return run
    named = Path(facts.get("checked_folder") or run.folder.parent / facts["checks"])
    beside = run.folder.parent / named.name
    return loading_run(open_run_folder(named if named.exists() else beside))


def _known(run: Run) -> dict[str, object]:
    """Return name -> checksum of what the run kept."""
    noted = run.facts().get(FOLDER)
    return noted if isinstance(noted, dict) else {}
