"""TARGET: the database that is rehearsed in. What kind a text names is decided here, once."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass

from motomind_nb import postgres


class Target(ABC):
    """A target as the user named it. Its kind is its class."""

    @property
    @abstractmethod
    def text(self) -> str:
        """The text that ``parse`` understands; run.json and the pages show it."""

    @staticmethod
    def parse(text: str) -> Target:
        """Return the target that a text names; without one, the run's own embedded server.

        Raises: MotomindError (exit code 2) for a connection string. Whether a variable is set
        shows when it is connected to.
        """
        postgres.refuse_connection_string(text)
        return Target.stored(text)

    @staticmethod
    def stored(text: str) -> Target:
        """Return the target that a text names, also one that ``parse`` refuses."""
        return Embedded() if text in ("", Embedded().text) else Named(text)


@dataclass(frozen=True)
class Embedded(Target):
    """A database of the run's own embedded server."""

    @property
    def text(self) -> str:
        """The word for it."""
        return "embedded"


@dataclass(frozen=True)
class Named(Target):
    """A database that the user names by a variable or a service."""

    name: str

    @property
    def text(self) -> str:
        """The name, without what must not be stored."""
        return postgres.without_secret(self.name)

    def conninfo(self) -> str:
        """Return its connection string. Raises: MotomindError when it names no database."""
        return postgres.conninfo(self.name)
