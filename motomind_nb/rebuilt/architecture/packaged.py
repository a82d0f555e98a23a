"""The views of schema/target as they were packaged, for checks that must not read the live ones.

What stands in the database under test may be another view by then.
"""

from __future__ import annotations

import re
from functools import cache

from psycopg import sql

from motomind_nb.postgres import compose, query_text, read_sql
from motomind_nb.rebuilt.build import schema_files

VIEW = re.compile(r"(?ms)^\w+ VIEW (private\.\w+) WITH \([^)]*\) AS\n(.*?);\n")
READ = re.compile(r"\b(FROM|JOIN) (private\.\w+)")


def query_with_inlined_views(name: str) -> sql.Composed:
    """Return a query with the packaged texts in the place of the views of schema private."""
    return compose(_unfolded(query_text(name)))


def _unfolded(text: str) -> str:
    """Return a query's text, and those of the views in it, without a view."""
    return READ.sub(_in_brackets, text)


def _in_brackets(read: re.Match[str]) -> str:
    """Return what a query reads: a view's own text, a table as it is."""
    word, name = read.groups()
    if name not in _views():
        return read[0]
    return f"{word} ({_unfolded(_views()[name])})"


@cache
def _views() -> dict[str, str]:
    """Return view -> query of the packaged schema; materialized views are tables of their own.

    A query that takes values writes each percent sign twice.
    """
    texts = (read_sql(path).replace("%", "%%") for path in schema_files())
    return {name: text for whole in texts for name, text in VIEW.findall(whole)}
