"""How psql is told of a connection: no password on its command line, which all users see."""

from __future__ import annotations

import os
from dataclasses import dataclass

from psycopg import pq
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from motomind_nb.core import MotomindError
from motomind_nb.postgres.session.environment import is_embedded

READ_ONLY = "-c default_transaction_read_only=on"


@dataclass(frozen=True)
class PsqlConnection:
    """The arguments of psql, which hold nothing secret, and its environment."""

    arguments: list[str]
    environment: dict[str, str]


def psql_connection(conninfo: str) -> PsqlConnection:
    """Return how psql reaches a database, read only until told otherwise.

    Raises: MotomindError for a secret that libpq knows no variable for.
    """
    parts = {name: str(value) for name, value in conninfo_to_dict(conninfo).items()}
    parts["options"] = f"{parts.get('options', '')} {READ_ONLY}".strip()
    if "sslpassword" in parts:
        found = "one, for which libpq knows no variable"
        raise MotomindError("connection", "no sslpassword", found, "name a service that has it")
    variables = _variables()
    known = {name: text for name, text in os.environ.items() if not _is_hidden(name, conninfo)}
    named = {variables[name]: text for name, text in parts.items() if name in variables}
    rest = {name: text for name, text in parts.items() if name not in variables}
    return PsqlConnection(["-d", make_conninfo("", **rest)] if rest else [], known | named)


def _variables() -> dict[str, str]:
    """Return libpq's parameters that have a variable of their own."""
    return {
        item.keyword.decode(): item.envvar.decode()
        for item in pq.Conninfo.get_defaults()
        if item.envvar
    }


def _is_hidden(variable: str, conninfo: str) -> bool:
    """Return whether a variable of libpq would lead away from an embedded server."""
    return is_embedded(conninfo) and variable.startswith("PG")
