"""motomind-nb: rehearse, prove and report the MotoMind database rebuild."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from motomind_nb.jupyter import Audited

__all__ = ["__version__", "audit"]
__version__ = "0.1.0"


def audit(
    source: str | Path,
    target: str | None = None,
    *,
    runs: str | Path = "runs",
    accept: str | Path | None = None,
) -> Audited:
    """Rehearse the migration as ``motomind audit`` does, and return how it ended.

    ``source`` and ``target`` as on the command line (``sample``, a backup, ``env:VARIABLE``);
    without a target an embedded server is started. ``runs`` gets a folder for the run, ``accept``
    is a file of accepted differences. Nothing is printed. Reads the source only.
    Raises: MotomindError only where no run folder can be made; every other end is a verdict.
    """
    from motomind_nb.jupyter import audit_silently

    return audit_silently(str(source), target or "", Path(runs), Path(accept) if accept else None)
