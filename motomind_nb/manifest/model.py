"""The values of a manifest, and their way into JSON and back."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import pandas

from motomind_nb import catalog

FORMAT = 2  # 1: fingerprints of another formula


@dataclass(frozen=True)
class Column:
    """A column as the server describes it."""

    name: str
    type: str
    nullable: bool
    default: str | None


@dataclass(frozen=True)
class Definition:
    """One text of a schema: a constraint, an index, a view's query, a policy, a grant and so on.

    ``kind`` says which. Names of the schema itself stand in the text without the schema.
    """

    kind: str
    name: str
    text: str


@dataclass(frozen=True)
class Object:
    """A relation of the source. ``rows``, ``fingerprint``, ``file`` and ``checksum`` are None
    where nothing was read; ``reason`` says why.

    A view is ``volatile`` when it depends on the clock or the server, and not ``evaluable`` when
    its query fails. Views are never fingerprinted.
    """

    name: str
    kind: str
    present: bool = True
    columns: tuple[Column, ...] = ()
    definitions: tuple[Definition, ...] = ()
    reads: tuple[str, ...] = ()
    rows: int | None = None
    fingerprint: str | None = None
    file: str | None = None
    checksum: str | None = None
    volatile: bool = False
    evaluable: bool = True
    reason: str = ""

    @property
    def is_table(self) -> bool:
        """Whether the object holds rows of its own that must be restored."""
        return self.kind == "table"

    def texts(self, *kinds: str) -> list[Definition]:
        """Return its definitions of the given kinds, in order."""
        return [item for item in self.definitions if item.kind in kinds]

    def query(self) -> str:
        """Return the query of a view."""
        return self.texts("query")[0].text


@dataclass(frozen=True)
class Manifest:
    """A backup: facts of its source, the 35 objects in catalog order, and what else was there.

    ``unknown`` are relations of the source that the catalog does not know.
    """

    source: dict[str, str]
    objects: tuple[Object, ...]
    unknown: tuple[Object, ...] = ()
    definitions: tuple[Definition, ...] = ()
    format: int = FORMAT

    def object(self, name: str) -> Object:
        """Return one of the 35 objects. Raises: KeyError."""
        return {item.name: item for item in self.objects}[name]

    def tables(self) -> list[Object]:
        """Return the tables that the source has."""
        return [item for item in self.objects if item.present and item.is_table]

    def views(self) -> list[Object]:
        """Return the views and the materialized view that the source has."""
        return [item for item in self.objects if item.present and not item.is_table]

    def absent(self) -> list[str]:
        """Return the names of the objects that the source lacks."""
        return [item.name for item in self.objects if not item.present]

    def tables_with_rows(self) -> int:
        """Return how many tables hold rows."""
        return sum(bool(item.rows) for item in self.tables())

    def rows(self) -> int:
        """Return the rows of all tables."""
        return sum(item.rows or 0 for item in self.tables())

    def files(self) -> dict[str, str]:
        """Return file name -> checksum of every file with rows."""
        return {item.file: item.checksum or "" for item in self.objects if item.file}

    @property
    def fingerprint(self) -> str:
        """One value for the rows of all tables: equal for equal rows, whenever they were read."""
        lines = (f"{item.name} {item.rows} {item.fingerprint}\n" for item in self.tables())
        return hashlib.sha256("".join(lines).encode()).hexdigest()

    def frame(self) -> pandas.DataFrame:
        """Return the 35 objects, one row each; rows is empty where nothing was read.

        Columns: object, kind (text), present (bool), rows (Int64), note (text).
        """
        found = [(item.name, item.kind, item.present, item.rows, item.reason)
                 for item in self.objects]  # fmt: skip
        frame = pandas.DataFrame(found, columns=["object", "kind", "present", "rows", "note"])
        return frame.astype({"rows": "Int64"})

    @property
    def major(self) -> int:
        """The major version of the server that wrote the definition texts."""
        return int(self.source["server_version_num"]) // 10000


def in_catalog_order(written: Sequence[Object]) -> tuple[Object, ...]:
    """Return the 35 objects in catalog order; those that were not written are absent."""
    by_name = {item.name: item for item in written}
    return tuple(
        by_name.get(
            name,
            Object(name, item.kind, present=False, evaluable=False,
                   reason="absent from the source"),
        )
        for name, item in catalog.objects().items()
    )  # fmt: skip


def as_json(manifest: Manifest) -> dict[str, Any]:
    """Return the manifest as plain values for JSON."""
    return asdict(manifest)


def from_json(facts: dict[str, Any]) -> Manifest:
    """Return the manifest of plain values. Raises: KeyError, TypeError, ValueError."""
    if facts["format"] != FORMAT:
        raise ValueError(f"format {facts['format']!r}")
    return Manifest(
        source={str(key): str(value) for key, value in facts["source"].items()},
        objects=tuple(_object(item) for item in facts["objects"]),
        unknown=tuple(_object(item) for item in facts["unknown"]),
        definitions=_definitions(facts["definitions"]),
    )


def _object(facts: dict[str, Any]) -> Object:
    """Return one object of its plain values."""
    return Object(**{
        **facts,
        "columns": tuple(Column(**item) for item in facts["columns"]),
        "definitions": _definitions(facts["definitions"]),
        "reads": tuple(facts["reads"]),
    })  # fmt: skip


def _definitions(facts: Iterable[dict[str, str]]) -> tuple[Definition, ...]:
    """Return definitions of their plain values."""
    return tuple(Definition(**item) for item in facts)
