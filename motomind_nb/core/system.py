"""What the operating system refuses: full disks, folders that are closed, too few open files."""

from __future__ import annotations

import errno
import gc
import os
import resource

from motomind_nb.core.errors import MotomindError

FULL = (errno.ENOSPC, errno.EDQUOT)
CLOSED = (errno.EACCES, errno.EPERM, errno.EROFS)
TOO_MANY_FILES = (errno.EMFILE, errno.ENFILE)
# a command with its kernels, their sockets and the server's connections, measured: 60 at once
FILES_NEEDED = 128
FILES_WANTED = 1024


def error_of_system(error: BaseException) -> MotomindError | None:
    """Return what an error of the operating system means: path, cause, what to do.

    None where the error is no such one.
    """
    number = getattr(error, "errno", None)
    if not isinstance(number, int):
        return None
    path = str(getattr(error, "filename", None) or "file system")
    cause = getattr(error, "strerror", None) or os.strerror(number)
    if number in TOO_MANY_FILES:
        return too_few_files(cause)
    if number in FULL:
        action = "free some space, or name another folder (--runs, --to, MOTOMIND_HOME)"
        return MotomindError(path, "free space to write to", cause, action)
    if number in CLOSED:
        action = "give this user the right, or name other folders with --runs and MOTOMIND_HOME"
        return MotomindError(path, "the right to read and write it", cause, action)
    if isinstance(error, OSError):
        action = "look at this path; --runs and MOTOMIND_HOME name other folders"
        return MotomindError(path, "a file that can be read and written", cause, action)
    return None


def too_few_files(cause: str) -> MotomindError:
    """Return the error of a process that may not open the files that it needs."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    return MotomindError(
        "open files",
        f"{FILES_NEEDED} at once for this user",
        f"{cause} (limit {soft}, at most {hard})",
        f"raise the limit (ulimit -n {FILES_WANTED}) and run it again",
    )


def allow_enough_files() -> None:
    """Raise this process's limit of open files as far as it may, where it is low.

    Raises: MotomindError when it stays below what a run needs.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = FILES_WANTED if hard == resource.RLIM_INFINITY else min(FILES_WANTED, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
        soft = most
    if soft != resource.RLIM_INFINITY and soft < FILES_NEEDED:
        raise too_few_files("too few")


def give_back_free_memory() -> None:
    """Give memory that was freed back to the system, where the C library can (glibc)."""
    import ctypes

    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
