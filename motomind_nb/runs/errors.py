"""What nobody foresaw, translated in one place: the server's errors, the system's, bugs.

The traceback goes into the log of the run folder, the one line that a user sees names the log.
"""

from __future__ import annotations

import re
import traceback
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from motomind_nb import postgres
from motomind_nb.core import MotomindError, error_of_system

LOG = "motomind.log"
COLOURS = re.compile(r"\x1b\[[0-9;]*m")  # IPython colours a traceback
AGAIN = "run it again; a named target must be emptied first"


class Stopped(KeyboardInterrupt):
    """The command was told to end (SIGTERM, SIGHUP)."""


def known_error(error: BaseException, folder: Path | None = None) -> MotomindError:
    """Return any error as one that a user can act on, without secrets.

    What the run folder holds is named without the folder, because verdict.json says it too.
    """
    if isinstance(error, MotomindError):
        return error
    if isinstance(error, KeyboardInterrupt):
        how = "SIGTERM or SIGHUP" if isinstance(error, Stopped) else "Ctrl-C"
        return MotomindError("run", "an end", f"an interruption ({how})", AGAIN)
    if isinstance(error, psycopg.Error):
        return postgres.error_of_server(error)
    return _of_system(error, folder) or _bug(error, folder)


def _of_system(error: BaseException, folder: Path | None) -> MotomindError | None:
    """Return what an error of the operating system means, None for another error."""
    found = error_of_system(error)
    if found is None or folder is None:
        return found
    subject = found.subject.removeprefix(f"{folder}/")
    return type(found)(subject, found.expected, found.found, found.action)


def _bug(error: BaseException, folder: Path | None) -> MotomindError:
    """Return what no other kind explains."""
    said = postgres.mask_secrets(f"{type(error).__name__}: {error}")[:400]
    action = f"report it as a bug, with the run's {LOG}" if folder else "report it as a bug"
    return MotomindError("run", "no error but the known ones", said, action)


def log_traceback(folder: Path, error: BaseException) -> None:
    """Add an error's traceback to the run's log. Writes: motomind.log, for its owner only."""
    text = COLOURS.sub("", "".join(traceback.format_exception(error)))
    line = f"{datetime.now(UTC).isoformat(timespec='seconds')}\n{postgres.mask_secrets(text)}\n"
    with suppress(OSError):  # the disk may be the error
        path = folder / LOG
        path.touch(mode=0o600)
        with path.open("a", encoding="utf-8") as file:
            file.write(line)
