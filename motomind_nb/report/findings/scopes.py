"""What a finding speaks of: rows, objects and words, read from the files of a run."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from motomind_nb.core import ROW_ID, resources, tables
from motomind_nb.legacy import catalog

LINES = (
    100_000  # of a file that are read: a longer one is illustrated, its rows stay uncounted here
)
WORD = re.compile(r"[A-Za-z_]\w+")
PARTITION = re.compile(r"_(?:default|\d{4})$")
CODES = {  # words for what a refusal by PostgreSQL's SQLSTATE rests on
    "23502": "not null constraint",
    "23503": "foreign key constraint",
    "23505": "unique index constraint",
    "23514": "check constraint trigger",
    "42501": "grant policy row level security trigger",
}
MILEAGE = "mileage equal"
Key = tuple[str, str]  # check and subject of a finding


@dataclass(frozen=True)
class Scope:
    """What one finding speaks of.

    ``own`` are the objects of its subject, ``subject`` these with the tables that hold their rows,
    ``places`` all that it names; ``rows`` the ids that it names or counts; ``words`` all its words,
    with the new names of old columns.
    """

    own: frozenset[str]
    subject: frozenset[str]
    places: frozenset[str]
    rows: frozenset[str]
    words: frozenset[str]


@dataclass
class Rows:
    """The ids of the rows that each finding counts."""

    of: dict[Key, set[str]] = field(default_factory=lambda: defaultdict(set))


def read_rows(folder: Path, mileage: Any) -> Rows:
    """Return the ids of the rows that findings count, from the lists of a run. Reads only."""
    found = Rows()
    for row in _lines(folder / "differences.csv"):
        table = row["source"] or row["table_name"]
        if row["kind"] == "changed":
            key = ("columns", f"{table}.{row['column_name']}")
        else:
            key = (f"rows {row['kind']}", table)
        found.of[key] |= {row["id"], row["source_id"]} - {""}
        if row["kind"] == "moved":  # both tenants of it
            found.of[key] |= set(ROW_ID.findall(f"{row['before']} {row['after']}"))
    for row in _lines(folder / "found_rows.csv"):
        if row["status"] == "fail":
            found.of[row["check"], row["subject"]] |= set(ROW_ID.findall(row["row"]))
    for row in _lines(folder / "quarantine.csv"):
        found.of["quarantine", row["source_table"]].add(row["source_id"])
    if len(mileage):
        for row in mileage[mileage["equal"] == "false"].to_dict("records"):
            found.of[MILEAGE, row["vehicle_id"]] |= {row["vehicle_id"], row["source_id"]}
    return found


def _lines(path: Path) -> list[dict[str, str]]:
    """Return the first lines of a CSV file, none where it is not there."""
    if not path.exists():
        return []
    lines = tables.csv_lines(path)
    header = next(lines, [])
    return [
        dict(zip(header, line, strict=False)) for line, _ in zip(lines, range(LINES), strict=False)
    ]


def scope(finding: Mapping[str, str], rows: Rows) -> Scope:
    """Return what a finding speaks of."""
    check, subject = finding["check"], finding["subject"]
    text = " ".join(finding[name] for name in ("check", "subject", "expected", "found", "detail"))
    codes = " ".join(CODES.get(code, "") for code in re.findall(r"\b\d{5}\b", text))
    ids = set(ROW_ID.findall(f"{subject} {finding['detail']}" if check != "proof" else ""))
    listed = rows.of.get((check, subject)) or rows.of.get((check, subject.partition(": ")[0]))
    words = frozenset(WORD.findall(f"{text} {codes}"))
    named = frozenset(map(without_partition, WORD.findall(subject))) & object_names()
    return Scope(
        named,
        with_targets(named),
        with_targets(words & object_names()),
        frozenset(ids | (listed or set())),
        frozenset(word.lower() for word in words | new_names(subject)),
    )


def without_partition(name: str) -> str:
    """Return the name of the table of which a name is a partition, else the name itself."""
    table = PARTITION.sub("", name)
    return table if table in object_names() else name


def with_targets(names: frozenset[str]) -> frozenset[str]:
    """Return names of objects, with the table that holds the rows of an old one."""
    known = catalog.objects()
    return names.union(known[name].target.rpartition(".")[2] for name in names if name in known) - {
        ""
    }


def new_names(subject: str) -> frozenset[str]:
    """Return the words of what an old column, ``table.column``, is called in the rebuilt schema."""
    table, _, column = subject.partition(": ")[0].partition(".")
    known = catalog.objects().get(table)
    listed = [item.targets for item in known.columns if item.name == column] if known else []
    return frozenset(WORD.findall(" ".join(name for names in listed for name in names)))


@cache
def object_names() -> frozenset[str]:
    """Return the names of all objects of the old schema and of the rebuilt one."""
    path = resources.packaged_folder("schema") / "target" / "definitions.csv"
    with path.open(encoding="utf-8", newline="") as file:
        made = {row["object"].partition("(")[0] for row in csv.DictReader(file)}
    return frozenset(made | set(catalog.objects())) - {""}


def with_vehicles(ids: frozenset[str], known: Rows) -> frozenset[str]:
    """Return ids of rows with the vehicles whose mileage differs first because of one of them."""
    more = (found for (check, _), found in known.of.items() if check == MILEAGE and found & ids)
    return ids.union(*more)
