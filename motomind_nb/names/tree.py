"""A source tree read file by file: what its files name, and what was not read."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from motomind_nb.core import MotomindError
from motomind_nb.names.calls import names_in_calls
from motomind_nb.names.guesses import guesses, may_name_something
from motomind_nb.names.languages import PROSE, SourceText, language_of
from motomind_nb.names.mentions import Hit, Mention
from motomind_nb.names.statements import names_in_sql, sql_parts

# folders of other people's code, of the version control and of caches
OTHERS = """
.git .hg .svn node_modules __pycache__ .venv venv .mypy_cache .ruff_cache .pytest_cache .next
.nuxt .svelte-kit .turbo
"""
LEFT_OUT = frozenset(OTHERS.split())
LARGEST = 1 << 20  # bytes; source files that people write have a hundredth of it
SNIFFED = 8192  # bytes, as git looks for a zero byte to tell a binary file


@dataclass(frozen=True)
class Found:
    """What a source tree names. ``left_out`` is what was not read, and why."""

    mentions: tuple[Mention, ...]
    files: int
    left_out: tuple[tuple[str, str], ...]


def find_names(path: Path) -> Found:
    """Read a file, or all files below a folder, and return what they name. Reads only.

    Raises: MotomindError (exit code 2) where there is no such path.
    """
    if not path.exists():
        raise MotomindError(
            str(path), "a folder or file of an application", "no such path", "check its spelling"
        )
    mentions: list[Mention] = []
    left_out: list[tuple[str, str]] = []
    read = 0
    for file, reason in _files(path):
        shown = (file.relative_to(path) if path.is_dir() else file).as_posix()
        text = None if reason else _text(file)
        if text is None:
            left_out.append((shown, reason or why_not_text(file)))
            continue
        read += 1
        mentions += names_in_text(shown, text)
    return Found(tuple(mentions), read, tuple(left_out))


def names_in_text(file: str, text: str) -> list[Mention]:
    """Return what a file's text names, each name once for each line."""
    if not may_name_something(text):
        return []
    source = SourceText(text, language_of(Path(file)))
    certain: list[Hit] = []
    if source.language != PROSE:
        certain += [hit for part in sql_parts(source) for hit in names_in_sql(source, part)]
        certain += names_in_calls(source)
    found: dict[tuple[int, str], Hit] = {}
    for hit in (*certain, *guesses(source, certain)):
        key = (source.line(hit.start), hit.old.name)
        if key not in found or (found[key].is_guess and not hit.is_guess):
            found[key] = hit
    return [
        Mention(file, line, hit.old, hit.is_guess, source.line_text(hit.start))
        for (line, _), hit in sorted(found.items())
    ]


def _files(path: Path) -> Iterator[tuple[Path, str]]:
    """Yield files in order, each with the reason not to read it, and the folders left out."""
    if path.is_file():
        yield path, ""
        return
    for place, folders, names in os.walk(path, onerror=None):
        here = Path(place)
        for name in sorted(folders):
            if reason := _why_no_folder(here / name):
                yield here / name, reason
        folders[:] = [name for name in sorted(folders) if not _why_no_folder(here / name)]
        yield from ((here / name, "") for name in sorted(names))


def _why_no_folder(folder: Path) -> str:
    """Return why a folder is left out, empty where it is not."""
    if folder.is_symlink():
        return "a symbolic link"
    if not os.access(folder, os.R_OK | os.X_OK):
        return "not readable"
    is_environment = (folder / "pyvenv.cfg").exists()
    return "not the application's own" if folder.name in LEFT_OUT or is_environment else ""


def _text(file: Path) -> str | None:
    """Return a file's text, None where it is not read."""
    if why_not_text(file):
        return None
    data = file.read_bytes()
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    return data.decode("utf-8-sig", "replace")


def why_not_text(file: Path) -> str:
    """Return why a file is not read, empty where it is."""
    try:
        facts = file.lstat()
        if stat.S_ISLNK(facts.st_mode):
            return "a symbolic link"
        if not stat.S_ISREG(facts.st_mode):
            return "no regular file"
        if facts.st_size > LARGEST:
            return f"larger than {LARGEST:,} bytes"
        with file.open("rb") as opened:
            start = opened.read(SNIFFED)
    except OSError as error:
        return error.strerror or str(error)
    marked = start[:2] in (b"\xff\xfe", b"\xfe\xff")
    return "binary" if b"\0" in start and not marked else ""
