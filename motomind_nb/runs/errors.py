"""What nobody foresaw, translated in one place: the server's errors, the system's, bugs.

The traceback goes into the log of the run folder, or into a file below MOTOMIND_HOME where no run
is; the one line that a user sees names it.
"""

from __future__ import annotations

import logging
import os
import re
import tempfile
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from motomind_nb import postgres
from motomind_nb.core import FOLDER_MODE, MotomindError, UnforeseenError, error_of_system

LOG = "motomind.log"
COLOURS = re.compile(r"\x1b\[[0-9;]*m")  # IPython colours a traceback
AGAIN = "run it again; a named target must be emptied first"


class Stopped(KeyboardInterrupt):
    """The command was told to end (SIGTERM, SIGHUP)."""


def as_motomind_error(error: BaseException, folder: Path | None = None) -> MotomindError:
    """Return any error as one that a user can act on, without secrets.

    What the run folder holds is named without the folder, because verdict.json says it too.
    """
    log = f"the run's {LOG}" if folder else ""
    if isinstance(error, MotomindError):
        return _for_users(error, folder)
    if isinstance(error, KeyboardInterrupt):
        how = "SIGTERM or SIGHUP" if isinstance(error, Stopped) else "Ctrl-C"
        return MotomindError("run", "an end", f"an interruption ({how})", AGAIN)
    if isinstance(error, psycopg.Error):
        return _naming_log(postgres.error_of_server(error), log)
    of_system = error_of_system(error)
    return _for_users(of_system, folder) if of_system else _naming_log(_bug(error), log)


def _for_users(error: MotomindError, folder: Path | None) -> MotomindError:
    """Return an error without secrets, that names what lies in a folder without the folder."""
    subject = error.subject.removeprefix(f"{folder}/") if folder else error.subject
    told = (subject, error.expected, error.found, error.action)
    return type(error)(*map(postgres.mask_secrets, told))


def _bug(error: BaseException) -> MotomindError:
    """Return what no other kind explains."""
    said = postgres.mask_secrets(f"{type(error).__name__}: {error}")[:400]
    return UnforeseenError("run", "no error but the known ones", said, "report it as a bug")


def _naming_log(error: MotomindError, log: str) -> MotomindError:
    """Return an error that names its log, where nobody foresaw it and there is one."""
    if not isinstance(error, UnforeseenError) or not log:
        return error
    action = f"{error.action}, with {log}"
    return UnforeseenError(error.subject, error.expected, error.found, action)


def error_without_run(error: BaseException) -> MotomindError:
    """Return any error of a command that has no run folder as one that a user can act on.

    Writes: where nobody foresaw it, its traceback, into a file of its own that the error names.
    """
    known = as_motomind_error(error)
    return _naming_log(known, _new_log(error)) if isinstance(known, UnforeseenError) else known


def _new_log(error: BaseException) -> str:
    """Write an error's traceback for its owner only; return the file, empty where nothing can be.

    It lies below MOTOMIND_HOME; among the temporary files where that can't be written.
    """
    for place in (_log_folder, lambda: Path(tempfile.gettempdir())):
        with suppress(OSError, MotomindError):
            prefix = f"motomind-{datetime.now(UTC):%Y%m%d-%H%M%S}-"
            number, name = tempfile.mkstemp(prefix=prefix, suffix=".log", dir=place())
            os.close(number)
            _write_log(Path(name), error)
            return name
    return ""


def _log_folder() -> Path:
    """Return the folder of the logs of commands without a run, made where it is missing."""
    folder = postgres.motomind_home() / "logs"
    postgres.make_folder_for_server(
        folder.parent
    )  # the embedded server must still find its clusters
    folder.mkdir(mode=FOLDER_MODE, exist_ok=True)
    return folder


def log_traceback(folder: Path, error: BaseException) -> None:
    """Add an error's traceback to the run's log. Writes: motomind.log, for its owner only."""
    with suppress(OSError):  # the disk may be the error
        path = folder / LOG
        path.touch(mode=0o600)
        _write_log(path, error)


class LogFile(logging.FileHandler):
    """A log that says so when it can't be written: the disk may be the error."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: ARG002, N802 - logging's own
        """Raise what stopped the writing; logging calls this while it is handled."""
        raise  # noqa: PLE0704


class WithoutSecrets(logging.Formatter):
    """When, how grave, what and its traceback, without secrets and colours, in UTC."""

    converter = staticmethod(time.gmtime)

    def format(self, record: logging.LogRecord) -> str:
        """Return the text of a record."""
        return postgres.mask_secrets(COLOURS.sub("", super().format(record)))


def _write_log(path: Path, error: BaseException) -> None:
    """Add an error with its traceback to a log. Raises: OSError where it can't be written."""
    handler = LogFile(path, encoding="utf-8")
    handler.setFormatter(WithoutSecrets("%(asctime)s UTC %(levelname)s %(message)s"))
    logger = logging.getLogger("motomind_nb")
    logger.propagate = False
    logger.addHandler(handler)
    try:
        logger.error(type(error).__name__, exc_info=error)
    finally:
        logger.removeHandler(handler)
        handler.close()
