"""A manifest as JSON and back: every fact is of its kind and none contradicts another.

Who can write a folder can write its manifest. What is read here becomes file names and the names of
tables and columns, so nothing is taken on trust.
"""

from __future__ import annotations

import re
from dataclasses import asdict, fields, is_dataclass
from functools import cache
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from motomind_nb.backup.manifest import FORMAT, Manifest, file_name
from motomind_nb.legacy import catalog
from motomind_nb.postgres import Relation

LARGEST = 2**63 - 1
ODD = re.compile(r"[\x00\ud800-\udfff]")  # no text of a database holds them
CHECKSUM = re.compile(r"[0-9a-f]{64}")
# a value has up to 1 GB, but no table is known whose rows have more than this on average
MOST_BYTES_A_ROW = 1 << 26
T = TypeVar("T")


def as_json(manifest: Manifest) -> dict[str, Any]:
    """Return the manifest as plain values for JSON."""
    return asdict(manifest)


def from_json(facts: object) -> Manifest:
    """Return the manifest of plain values.

    Raises: ValueError, KeyError, saying what is missing, of another kind or contradicts.
    """
    if not isinstance(facts, dict) or facts.get("format") != FORMAT:
        found = facts.get("format") if isinstance(facts, dict) else facts
        raise ValueError(f"format {found!r}"[:80])
    manifest = _record(Manifest, facts, "manifest")
    for name in ("kind", "server_version_num"):
        _require(name in manifest.source, "source", f"no {name}")
    _require(manifest.source["server_version_num"].isdecimal(), "source", "no server_version_num")
    known = [(item.name, item.kind) for item in catalog.objects().values()]
    found = [(item.name, item.kind) for item in manifest.objects]
    _require(found == known, "objects", "other ones than the 35")
    for item in manifest.objects:
        _refuse_contradiction(item)
    for item in manifest.unknown:
        _require(item.file is None, item.name, "a file of an unknown object")
    return manifest


def _record(cls: type[T], facts: object, place: str) -> T:
    """Return a dataclass of plain values; each field must be there, and no other."""
    kinds = _kinds_of_fields(cls)  # type: ignore[arg-type]
    _require(isinstance(facts, dict), place, "no object")
    assert isinstance(facts, dict)
    _require(set(facts) == set(kinds), place, "other keys than " + ", ".join(kinds))
    return cls(
        **{name: _value(kind, facts[name], f"{place}.{name}") for name, kind in kinds.items()}
    )


@cache
def _kinds_of_fields(cls: type[Any]) -> dict[str, Any]:
    """Return the type of each field of a dataclass; a manifest holds a thousand records."""
    kinds = get_type_hints(cls)
    return {field.name: kinds[field.name] for field in fields(cls)}


def _value(kind: Any, fact: object, place: str) -> Any:
    """Return a plain value as a field of some kind holds it."""
    if kind is str:
        return _text(fact, place)
    if is_dataclass(kind) and isinstance(kind, type):
        return _record(kind, fact, place)
    origin, inner = get_origin(kind), get_args(kind)
    if origin is UnionType:
        return None if fact is None else _value(inner[0], fact, place)
    if origin is tuple:
        _require(isinstance(fact, list), place, "no list")
        assert isinstance(fact, list)
        return tuple(_value(inner[0], one, place) for one in fact)
    if origin is dict:
        _require(isinstance(fact, dict), place, "no object")
        assert isinstance(fact, dict)
        return {_text(key, place): _text(one, place) for key, one in fact.items()}
    return _plain(kind, fact, place)


def _plain(kind: type, fact: object, place: str) -> object:
    """Return a whole number or a boolean."""
    _require(type(fact) is kind, place, f"no {kind.__name__}")
    if isinstance(fact, int):
        _require(-LARGEST <= fact <= LARGEST, place, "a number of more than 64 bits")
    return fact


def _text(fact: object, place: str) -> str:
    """Return a text that a database and a file can hold."""
    _require(isinstance(fact, str), place, "no text")
    text = str(fact)
    _require(not ODD.search(text), place, "a text with U+0000 or half of a surrogate pair")
    return text


def _refuse_contradiction(item: Relation) -> None:
    """Raise ValueError where the facts of an object can't all be true."""
    counted = item.rows is not None and item.rows >= 0
    needed = item.name in (*catalog.KEPT, *catalog.FOLDED)
    _require(item.present or not needed, item.name, "absent, and MotoMind can't be without it")
    if item.file is None:
        _require(not (item.present and item.is_table), item.name, "a table without a file")
        return
    _require(item.present, item.name, "absent beside a file")
    _require(item.file == file_name(item), item.name, "a file of another name than the object's")
    _require(bool(CHECKSUM.fullmatch(item.checksum or "")), item.name, "no checksum of its file")
    _require(counted, item.name, "a file without a number of rows")
    _require(not item.is_table or bool(item.fingerprint), item.name, "a table without fingerprint")
    most = ((item.rows or 0) + 1) * MOST_BYTES_A_ROW
    _require(
        item.size is not None and 0 <= item.size <= most,
        item.name,
        "a size that its rows can't have",
    )


def _require(holds: bool, place: str, found: str) -> None:
    """Raise ValueError when something does not hold."""
    if not holds:
        raise ValueError(f"{place}: {found}")
