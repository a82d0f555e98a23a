"""The packaged text of the legacy views: statement by statement, for a schema of any name."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache

from motomind_nb.core import packaged_folder

FILE = "07_views.sql"
STATEMENT = re.compile(r"^CREATE .*?;$", re.MULTILINE | re.DOTALL)
VIEW = re.compile(r"CREATE (MATERIALIZED )?VIEW (\w+)")
INDEX = re.compile(r"CREATE (?:UNIQUE )?INDEX \w+\s+ON (\w+)")


@cache
def view_statements() -> dict[str, tuple[str, ...]]:
    """Return what creates each legacy view: its own statement, then those of its indexes.

    The views stand in an order in which each reads only those before it. Their names have no
    schema. A materialized view is created without rows.
    """
    text = (packaged_folder("schema") / "legacy" / FILE).read_text("utf-8")
    found: dict[str, list[str]] = defaultdict(list)
    for statement in STATEMENT.findall(text):
        view, index = VIEW.match(statement), INDEX.match(statement)
        if view:
            rows = "\nWITH NO DATA" if view[1] else ""
            found[view[2]].append(statement.removesuffix(";") + rows)
        elif index:
            found[index[1]].append(statement.removesuffix(";"))
    return {name: tuple(statements) for name, statements in found.items()}
