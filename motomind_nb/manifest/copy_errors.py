"""Where a COPY stopped: the server's own words, without the values of the row."""

from __future__ import annotations

import re

import psycopg

PLACE = re.compile(r"^COPY \S+, line (\d+)(?:, column ([^:]+))?", re.MULTILINE)


def in_copy(error: psycopg.Error) -> tuple[int | None, str | None, str]:
    """Return line and column at which a COPY stopped (None where unknown) and the message."""
    found = PLACE.search(error.diag.context or "")
    column = found[2] if found else None
    message = error.diag.message_primary or str(error)
    return int(found[1]) if found else None, column or error.diag.column_name, message
