"""Connection strings, passwords and tokens: recognised, hidden, refused where a name belongs."""

from __future__ import annotations

import re

from motomind_nb.core import MotomindError

# connection strings, passwords, and the tokens that calls of an API carry
SECRET = re.compile(
    r"(?i)(postgres(ql)?://\S+|\b[\w.+-]+://[^\s/@]*:[^\s@]*@\S*|password\s*=\s*('[^']*'|\S+)|\bbearer\s+[^\s'\"]+"
    r"|\beyJ[\w-]+\.[\w-]+(\.[\w-]+)?)"
)
LOOKS_LIKE_CONNECTION = re.compile(r"(?i)^\s*([\w.+-]+://|\w+\s*=)")


def mask_secrets(text: object) -> str:
    """Return the text without what looks like a connection string, a password or a token."""
    return SECRET.sub("(hidden)", str(text))


def without_secret(spec: str) -> str:
    """Return a SOURCE or TARGET as it may be stored and shown: never a connection string."""
    return "(a connection string)" if LOOKS_LIKE_CONNECTION.search(spec) else spec


def refuse_connection_string(spec: str) -> None:
    """Raise when a connection string stands where a name belongs; its text is not repeated."""
    if LOOKS_LIKE_CONNECTION.search(spec):
        raise MotomindError(
            "connection",
            "the name of an environment variable or a service",
            "a connection string on the command line, where other users can read it",
            "put it in an environment variable and name that: env:VARIABLE",
        )
