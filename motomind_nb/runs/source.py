"""SOURCE: where the legacy rows come from. What kind a text names is decided here, once."""

from __future__ import annotations

import difflib
import os
from abc import ABC, abstractmethod
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from motomind_nb import postgres
from motomind_nb.core import MotomindError, as_one_line
from motomind_nb.legacy import DATA_SETS

LONGEST = 200  # letters of a text that is kept only to be shown
SAMPLES = {name if name == "sample" else f"sample:{name}": name for name in DATA_SETS}


class Source(ABC):
    """A source as the user named it. Its kind is its class."""

    @property
    @abstractmethod
    def text(self) -> str:
        """The text that ``parse`` understands from any folder; run.json keeps it."""

    @property
    def label(self) -> str:
        """The source as verdict.json and the pages show it: never a folder of this machine."""
        return self.text

    @staticmethod
    def parse(text: str) -> Source:
        """Return the source that a text names.

        Raises: MotomindError (exit code 2) for a connection string or a text that names nothing.
        """
        if text in SAMPLES:
            return Sample(text)
        postgres.refuse_connection_string(text)
        if postgres.is_database(text):
            return LiveDatabase(text)
        with suppress(OSError, ValueError):  # a text that can't be a path names nothing
            path = Path(text)
            if text and path.is_dir():  # an empty text, from an unset variable, is not this folder
                return BackupFolder(path.resolve())
            if path.is_file():
                return JsonFile(path.resolve())
        raise MotomindError(
            "source",
            f"{', '.join(SAMPLES)}, env:VARIABLE, service:NAME, a backup folder or a backup file",
            repr(text[:80]),
            _advice(text),
        )

    @staticmethod
    def stored(text: str) -> Source:
        """Return the source that run.json names, also one that is no longer there."""
        try:
            return Source.parse(text)
        except MotomindError:
            return Unusable(text)


def _advice(text: str) -> str:
    """Return what to do about a text that names no source: the nearest name, if one is near."""
    if text in os.environ:
        return f"did you mean env:{text}?"
    path = Path(text[:LONGEST])
    beside: list[str] = []
    with suppress(OSError, ValueError):
        beside = [str(path.with_name(other.name)) for other in path.parent.iterdir()]
    variables = [f"env:{name}" for name in os.environ]
    for names in (SAMPLES, variables if text.lower().startswith("env") else (), beside):
        near = difflib.get_close_matches(text, names, n=1, cutoff=0.7)
        if near:
            return f"did you mean {near[0]}?"
    return "check the spelling and the path"


@dataclass(frozen=True)
class Sample(Source):
    """Invented rows in the legacy schema, made in an embedded server."""

    name: str

    @property
    def text(self) -> str:
        """The name: ``sample`` or ``sample:<data set>``."""
        return self.name

    @property
    def data_set(self) -> str:
        """The data set in schema/legacy/data."""
        return SAMPLES[self.name]


@dataclass(frozen=True)
class LiveDatabase(Source):
    """A database that the user names by a variable or a service."""

    name: str

    @property
    def text(self) -> str:
        """The name: ``env:VARIABLE`` or ``service:NAME``."""
        return self.name

    def conninfo(self) -> str:
        """Return its connection string. Raises: MotomindError when the variable is not set."""
        return postgres.conninfo(self.name)


@dataclass(frozen=True)
class _Path(Source):
    """A place in the file system."""

    path: Path

    @property
    def text(self) -> str:
        """The absolute path."""
        return str(self.path)

    @property
    def label(self) -> str:
        """The path's last part."""
        return as_one_line(self.path.name)


class BackupFolder(_Path):
    """A backup that this tool took."""


class JsonFile(_Path):
    """The file that the original export script wrote."""


@dataclass(frozen=True)
class Unusable(Source):
    """A text that names no source: a run that was refused for it keeps it, without secrets."""

    said: str

    @property
    def text(self) -> str:
        """The text, without what must not be stored."""
        return postgres.without_secret(self.said)[:LONGEST]

    @property
    def label(self) -> str:
        """The text's last part."""
        return as_one_line(self.text.rstrip("/").rpartition("/")[2])
