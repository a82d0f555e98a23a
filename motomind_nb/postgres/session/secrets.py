"""Connection strings, passwords and tokens: recognised, hidden, refused where a name belongs."""

from __future__ import annotations

import re

from motomind_nb.core import MotomindError

NAMED = r"[\w-]*(password|passwd|pwd|secret|token|api[_-]?key)"
SECRETS = (
    # connection strings and passwords
    r"postgres(ql)?://\S+",
    r"\b[\w.+-]+://[^\s/@]*:[^\s@]*@\S*",
    r"password\s*=\s*('[^']*'|\S+)",
    r"\bpassword\s+'[^']*'",
    # what calls of an API carry: headers, JSON Web Tokens, keys by their makers' prefixes
    r"\bbearer\s+[^\s'\"]+",
    r"\bbasic\s+[a-z0-9+/]{12,}=*",
    r"\beyJ[\w-]+\.[\w-]+(\.[\w-]+)?",
    r"\b([spr]k_(live|test)|sb_secret|sbp|whsec|gh[opsu])_\w{6,}",
    r"\bAKIA[0-9A-Z]{16}\b",
    # a value that is named as one: in JSON, in a list of names and values, in an address
    rf"['\"]{NAMED}['\"]\s*(:|=>)\s*['\"][^'\"]+['\"]",
    rf"['\"]{NAMED}['\"]\s*,\s*['\"](?=[^'\"]*\d)[^'\"]{{12,}}['\"]",
    rf"\b{NAMED}\s*[=:]\s*(?=[^\s'\"&]*\d)[^\s'\"&]{{8,}}",
)
SECRET = re.compile("(?i)(" + "|".join(SECRETS) + ")")
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
