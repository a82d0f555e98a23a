"""Whether a database is MotoMind's, and whether this role may read all of it."""

from __future__ import annotations

from motomind_nb.core import MotomindError, Refused
from motomind_nb.legacy import catalog
from motomind_nb.postgres import Row


def refuse_missing_tables(found: dict[str, Row]) -> None:
    """Refuse a database that lacks a kept or folded table. Other objects may be absent.

    Raises: Refused, naming every such table, every object of another kind than the catalog's, and
    how many of the 35 objects are there.
    """
    needed = (*catalog.KEPT, *catalog.FOLDED)
    wrong = [
        name
        for name, item in catalog.objects().items()
        if (name in found or name in needed) and found.get(name, {}).get("kind") != item.kind
    ]
    if wrong:
        absent = [name for name in catalog.objects() if name not in found]
        others = [f"{name} is a {found[name]['kind']}" for name in wrong if name in found]
        raise Refused(
            "source",
            "MotoMind's legacy database with its 35 objects in schema public",
            f"{len(catalog.objects()) - len(absent)} of them; missing: "
            + ", ".join([*absent, *others]),
            "name the legacy database, not a rebuilt or another one",
        )


def refuse_hidden_rows(found: dict[str, Row]) -> None:
    """Refuse a source of which this role may not read every object and every row.

    Raises: MotomindError, naming all objects without SELECT, or whose rows a policy filters.
    """
    known = [name for name in catalog.objects() if name in found]
    denied = [name for name in known if not found[name]["readable"]]
    filtered = [name for name in known if found[name]["filtered"]]
    if denied:
        raise MotomindError(
            ", ".join(denied),
            "the right to SELECT",
            "permission denied",
            "grant SELECT on them (and USAGE on schema public) to the role that reads",
        )
    if filtered:
        raise MotomindError(
            ", ".join(filtered),
            "all rows",
            "row level security that hides some from this role",
            "read as their owner or as a role with BYPASSRLS",
        )
