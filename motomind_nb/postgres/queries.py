"""The package's queries: one statement (or script) per .sql file, in folder ``sql`` of its room.

``query("load/years")`` is ``load/sql/years.sql``. Two kinds of hole only: ``%(name)s`` for values,
which the driver sends apart from the text, and ``{name}`` for identifiers, which the driver quotes.
A literal brace is written twice. The holes {source} and {target} are the two schemas of the
connection that a statement is sent through (see ``schemas``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from psycopg import sql
from psycopg.abc import QueryNoTemplate as Query

from motomind_nb.core import PACKAGE
from motomind_nb.postgres.schemas import SOURCE, TARGET, Schemas

Name = str | tuple[str, ...] | sql.Composable
VALUE = re.compile(r"%\((\w+)\)s")
HOLE = re.compile(r"(?<!\{)\{(\w+)\}(?!\})")

__all__ = [
    "Name",
    "Query",
    "all_query_names",
    "as_script",
    "compose",
    "compose_sql_file",
    "for_psql",
    "identifier",
    "query",
    "query_names",
    "query_text",
    "read_sql",
    "selected_expression",
]


@cache
def query_text(name: str) -> str:
    """Return the text of a query's file, its header included."""
    return read_sql(query_path(name).with_suffix(".sql"))


def query_path(name: str) -> Path:
    """Return the path of a query, or of a folder of queries, without an extension."""
    room, _, rest = name.partition("/")
    return PACKAGE / room / "sql" / rest


def read_sql(path: Path) -> str:
    """Return the text of an .sql file anywhere, its holes empty."""
    return path.read_text(encoding="utf-8")


def compose_sql_file(path: Path) -> sql.Composed:
    """Return the statements of an .sql file anywhere; its only holes are the two schemas."""
    return compose(read_sql(path))


def as_script(statements: Sequence[sql.Composable]) -> sql.Composed:
    """Return statements as one text that the server executes in order."""
    return sql.SQL("\n;\n").join(statements)


def query_names(folder: str) -> list[str]:
    """Return the names of all queries of one folder, sorted, ready for ``query``."""
    return sorted(f"{folder}/{path.stem}" for path in query_path(folder).glob("*.sql"))


def all_query_names() -> list[str]:
    """Return the names of all queries of the package, sorted."""
    found = (path.relative_to(PACKAGE).with_suffix("") for path in PACKAGE.glob("*/sql/**/*.sql"))
    return sorted(f"{path.parts[0]}/{'/'.join(path.parts[2:])}" for path in found)


def for_psql(text: str, schemas: Schemas) -> str:
    """Return the text of an .sql file as psql reads it, the two schemas filled in.

    Values become ``:'name'`` and other identifiers ``:"name"``: set them with ``\\set``.
    """
    filled = text.replace("{source}", schemas.source).replace("{target}", schemas.target)
    named = HOLE.sub(r':"\1"', VALUE.sub(r":'\1'", filled))
    return named.replace("{{", "{").replace("}}", "}").replace("%%", "%")


def identifier(name: Name) -> sql.Composable:
    """Return a quoted identifier; a tuple is a qualified name; SQL objects pass through."""
    if isinstance(name, sql.Composable):
        return name
    return sql.Identifier(*((name,) if isinstance(name, str) else name))


def compose(template: str, /, **holes: Name) -> sql.Composed:
    """Return the template with its ``{name}`` holes filled with quoted identifiers."""
    filled = {key: identifier(value) for key, value in holes.items()}
    return sql.SQL(template).format(source=SOURCE, target=TARGET, **filled)


def query(name: str, /, **holes: Name) -> sql.Composed:
    """Return the query ``<name>.sql`` with its identifier holes filled."""
    return compose(query_text(name), **holes) if holes else _without_holes(name)


@cache
def _without_holes(name: str) -> sql.Composed:
    """Return the query ``<name>.sql`` that has no holes but the two schemas."""
    return compose(query_text(name))


def selected_expression(name: str, /, **holes: Name) -> sql.Composed:
    """Return what ``<name>.sql``, a SELECT without FROM, selects, for another query's list.

    Its aggregates range over that query's rows. In a subquery of the list they would too, but
    then the server reads the table with one process, here with several.
    """
    lines = query_text(name).splitlines(keepends=True)
    code = "".join(line for line in lines if not line.startswith("--"))
    return compose(code.removeprefix("SELECT").strip(), **holes)
