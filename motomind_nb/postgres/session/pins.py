"""The settings that results could depend on, pinned as pg_dump pins them, and read back.

They are set for the session and, with SET LOCAL, at the start of each transaction: a pooler may
give every transaction another session of the server. So is the memory that large sets need, where
the server gives less.
"""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg import sql

from motomind_nb.core import Refused
from motomind_nb.postgres.queries import query

SESSION = {
    "client_encoding": "UTF8",
    "standard_conforming_strings": "on",
    "quote_all_identifiers": "off",
    "array_nulls": "on",
    "transform_null_equals": "off",
    "backslash_quote": "safe_encoding",
    "TimeZone": "UTC",
    "DateStyle": "ISO, YMD",
    "IntervalStyle": "postgres",
    "extra_float_digits": "1",
    "bytea_output": "hex",
    "xmlbinary": "base64",
    "xmloption": "content",
    "search_path": "public",
    # the backup, which reads as owner, puts it off: there a filtered read is an error
    "row_security": "on",
    "default_transaction_read_only": "off",
    "default_transaction_isolation": "read committed",
    "default_transaction_deferrable": "off",
    "session_replication_role": "origin",
    "check_function_bodies": "on",
    "jit": "off",
    "lock_timeout": "10s",
    "statement_timeout": "0",
    "idle_in_transaction_session_timeout": "0",
    "idle_session_timeout": "0",
    "transaction_timeout": "0",
    # a statement ends soon after its client is gone
    "client_connection_check_interval": "500ms",
    "client_min_messages": "warning",
    "exit_on_error": "off",
    # what is made is made alike everywhere
    "default_table_access_method": "heap",
    "default_tablespace": "",
}
# the major version that a setting came with
SINCE = {
    "client_connection_check_interval": 14,
    "idle_session_timeout": 14,
    "transaction_timeout": 17,
}
# what a session has at least: with the 4 MB of a new server each join and sort of 1,000,000 events
# goes through files (an audit took 304 s instead of 185); twice as much gained nothing more
MEMORY = {"work_mem": "64MB", "maintenance_work_mem": "256MB"}
# only a superuser may set it, and some systems have no way to look after a client
IF_ALLOWED = ("session_replication_role", "client_connection_check_interval")
# these say how a transaction begins, inside one they come too late; the last one is for a session
NOT_LOCAL = (
    "default_transaction_read_only",
    "default_transaction_isolation",
    "default_transaction_deferrable",
    "session_replication_role",
)


def pin_session(connection: psycopg.Connection[Any]) -> dict[str, str]:
    """Pin the settings of a session in autocommit; return those that this server lets us set."""
    major = connection.info.server_version // 10000
    wanted = {name: held for name, held in SESSION.items() if SINCE.get(name, 0) <= major}
    always = {name: held for name, held in wanted.items() if name not in IF_ALLOWED}
    connection.execute(query("postgres/server/pin"), _listed(always))
    pinned = dict(always)
    for name in filter(wanted.__contains__, IF_ALLOWED):
        try:
            connection.execute(query("postgres/server/pin"), _listed({name: wanted[name]}))
        except (psycopg.errors.InsufficientPrivilege, psycopg.DataError):
            continue
        pinned[name] = wanted[name]
    return pinned | _raise_memory(connection)


def _raise_memory(connection: psycopg.Connection[Any]) -> dict[str, str]:
    """Raise the session's memory to the least it needs; return the settings that were raised."""
    raised = connection.execute(query("postgres/server/raise_memory"), _listed(MEMORY)).fetchall()
    return dict(raised)


def refuse_other_settings(connection: psycopg.Connection[Any], pinned: dict[str, str]) -> None:
    """Refuse a session that holds another value of a setting than the pinned one. Reads only.

    Raises: Refused, naming each of them.
    """
    found = connection.execute(query("postgres/server/pinned"), _listed(pinned)).fetchall()
    if found:
        names = [row[0] for row in found]
        raise Refused(
            "session",
            ", ".join(f"{name} = {pinned[name]}" for name in names),
            ", ".join(f"{name} = {held}" for name, held in found),
            "connect to the server itself, or through a pooler that lets a session set them",
        )


def pins_of_transaction(connection: psycopg.Connection[Any], pinned: dict[str, str]) -> bytes:
    """Return the statements that pin the settings for one transaction, to follow its BEGIN."""
    statements = [
        query("postgres/server/pin_local", name=name, value=sql.Literal(held))
        for name, held in pinned.items()
        if name not in NOT_LOCAL
    ]
    lines = sql.SQL(";\n").join(statements).as_string(connection).splitlines()
    return "\n".join(line for line in lines if not line.startswith("--")).encode()


def _listed(settings: dict[str, str]) -> dict[str, list[str]]:
    """Return settings as the parameters of a query."""
    return {"names": list(settings), "values": list(settings.values())}
