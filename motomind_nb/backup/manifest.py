"""The values of a manifest."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from motomind_nb.legacy import catalog
from motomind_nb.postgres import Definition, Relation

if TYPE_CHECKING:
    import pandas as pd

# 1: fingerprints of another formula; 2: without dependents from outside; 3: without keys, sizes and
# the built-in types of columns as facts
FORMAT = 4


@dataclass(frozen=True)
class Dependent:
    """An object that the migration does not move and that uses something of what it moves.

    ``name`` carries its schema. ``depends_on`` names the 35 objects, their functions or sequences
    that it uses; it is empty for a function of the same schema that uses none of them. ``text``
    is its definition, without what looks like a secret.
    """

    kind: str
    name: str
    depends_on: str
    text: str


@dataclass(frozen=True)
class SuspectedLoss:
    """What an exported file seems to lack: of what (an object or its column), and where."""

    subject: str
    expected: str
    found: str
    detail: str


@dataclass(frozen=True)
class Manifest:
    """A backup: facts of its source, the 35 objects in catalog order, and what else was there.

    ``unknown`` are relations of the source that the catalog does not know, ``outside`` is what else
    hangs on the objects or stands beside them; an exported file tells nothing of it. ``losses`` is
    what such a file seems to lack.
    """

    source: dict[str, str]
    objects: tuple[Relation, ...]
    unknown: tuple[Relation, ...] = ()
    definitions: tuple[Definition, ...] = ()
    format: int = FORMAT
    outside: tuple[Dependent, ...] = ()
    losses: tuple[SuspectedLoss, ...] = ()

    def object(self, name: str) -> Relation:
        """Return one of the 35 objects. Raises: KeyError."""
        return {item.name: item for item in self.objects}[name]

    def tables(self) -> list[Relation]:
        """Return the tables that the source has."""
        return [item for item in self.objects if item.present and item.is_table]

    def views(self) -> list[Relation]:
        """Return the views and the materialized view that the source has."""
        return [item for item in self.objects if item.present and not item.is_table]

    def present(self) -> list[str]:
        """Return the names of the objects that the source has."""
        return [item.name for item in self.objects if item.present]

    def absent(self) -> list[str]:
        """Return the names of the objects that the source lacks."""
        return [item.name for item in self.objects if not item.present]

    def rows(self) -> int:
        """Return the rows of all tables."""
        return sum(item.rows or 0 for item in self.tables())

    def rows_by_table(self) -> dict[str, int]:
        """Return how many rows each table holds."""
        return {item.name: item.rows or 0 for item in self.tables()}

    def files(self) -> dict[str, str]:
        """Return file name -> checksum of every file with rows."""
        return {item.file: item.checksum or "" for item in self.objects if item.file}

    @property
    def fingerprint(self) -> str:
        """One value for the rows of all tables: equal for equal rows, whenever they were read."""
        lines = (f"{item.name} {item.rows} {item.fingerprint}\n" for item in self.tables())
        return hashlib.sha256("".join(lines).encode()).hexdigest()

    def frame(self) -> pd.DataFrame:
        """Return the 35 objects, one row each; rows is empty where nothing was read.

        Columns: object, kind (text), present (bool), rows (Int64), note (text).
        """
        import pandas as pd

        found = [
            (item.name, item.kind, item.present, item.rows, item.reason) for item in self.objects
        ]
        frame = pd.DataFrame(found, columns=["object", "kind", "present", "rows", "note"])
        return frame.astype({"rows": "Int64"})

    @property
    def is_database(self) -> bool:
        """Whether the source was a database, and not an exported file, which tells less."""
        return self.source["kind"] == "database"

    @property
    def schema(self) -> str:
        """The schema in which the 35 objects stood: public, or legacy after a migration."""
        return self.source.get("schema", "public")

    @property
    def major(self) -> int:
        """The major version of the server that wrote the definition texts."""
        return int(self.source["server_version_num"]) // 10000


def all_in_catalog_order(written: Sequence[Relation]) -> tuple[Relation, ...]:
    """Return the 35 objects in catalog order; those that were not written are absent."""
    by_name = {item.name: item for item in written}
    return tuple(
        by_name.get(
            name,
            Relation(
                name, item.kind, present=False, evaluable=False, reason="absent from the source"
            ),
        )
        for name, item in catalog.objects().items()
    )


def file_name(item: Relation) -> str:
    """Return the name of an object's file, relative to the backup folder."""
    return f"{'tables' if item.is_table else 'views'}/{item.name}.csv.zst"
