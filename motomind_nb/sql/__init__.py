"""The queries of the package: one statement (or script) per .sql file, beside this loader.

Two kinds of hole only: ``%(name)s`` for values, which the driver sends apart from the text, and
``{name}`` for identifiers, which the driver quotes. A literal brace is written twice.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from psycopg import sql
from psycopg.abc import QueryNoTemplate as Query

FOLDER = Path(__file__).resolve().parent
Name = str | tuple[str, ...] | sql.Composable

__all__ = [
    "FOLDER", "Name", "Query", "compose", "expression", "identifier", "names", "query", "read",
    "text",
]  # fmt: skip


@cache
def text(name: str) -> str:
    """Return the text of ``<name>.sql``, its header included."""
    return read(FOLDER / f"{name}.sql")


def read(path: Path) -> str:
    """Return the text of an .sql file anywhere."""
    return path.read_text(encoding="utf-8")


def names(area: str) -> list[str]:
    """Return the names of all queries of one folder, sorted, ready for ``query``."""
    return sorted(f"{area}/{path.stem}" for path in (FOLDER / area).glob("*.sql"))


def identifier(name: Name) -> sql.Composable:
    """Return a quoted identifier; a tuple is a qualified name; SQL objects pass through."""
    if isinstance(name, sql.Composable):
        return name
    return sql.Identifier(*((name,) if isinstance(name, str) else name))


def compose(template: str, /, **holes: Name) -> sql.Composed:
    """Return the template with its ``{name}`` holes filled with quoted identifiers."""
    filled = {key: identifier(value) for key, value in holes.items()}
    return sql.SQL(template).format(**filled)


def query(name: str, /, **holes: Name) -> sql.Composed:
    """Return the query ``<name>.sql`` with its identifier holes filled."""
    return compose(text(name), **holes)


def expression(name: str, /, **holes: Name) -> sql.Composed:
    """Return what ``<name>.sql``, a SELECT without FROM, selects, for another query's list.

    Its aggregates range over that query's rows. In a subquery of the list they would too, but
    then the server reads the table with one process, here with several.
    """
    lines = text(name).splitlines(keepends=True)
    code = "".join(line for line in lines if not line.startswith("--"))
    return compose(code.removeprefix("SELECT").strip(), **holes)
