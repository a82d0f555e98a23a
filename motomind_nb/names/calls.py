"""Programs: calls of client libraries, models, types and addresses that name an object."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from motomind_nb.names.languages import SourceText
from motomind_nb.names.mentions import Hit, any_of, functions, is_gone, relations
from motomind_nb.names.scopes import (
    Scope,
    block_scope,
    chain_scope,
    class_scope,
    columns_in,
    embedded,
)

Q = r"\\?[\"'`]"


def _name(group: str = "name") -> str:
    """Return the pattern of an object's name, in a group of its own."""
    return rf"(?:public\.)?(?P<{group}>{any_of(relations())})(?![\w$-])"


def _literal(group: str = "name") -> str:
    """Return the pattern of a literal that holds an object's name, with an alias or without."""
    return rf"{Q}{_name(group)}(?:\s+(?:as\s+)?\w+)?{Q}"


TYPE = r"(?:<[^<>()]*>)?"
METHODS = (
    "from_?|table|into|insertInto|selectFrom|updateTable|deleteFrom|innerJoin|leftJoin|rightJoin"
    "|fullJoin|join|createTable|alterTable|dropTable|renameTable|hasTable|dropView|createView|using"
)
BUILDERS = "table|Table|knex|db|trx|sql|pgTable|pgView|pgMaterializedView|from_table|defineTable"
CALL = re.compile(
    rf"(?:(?<=\.)\s*(?:{METHODS})|\b(?:{BUILDERS}))\s*{TYPE}(?P<open>\()\s*{_literal()}"
)
MODEL = re.compile(
    rf"(?:__tablename__|\btable_name|\btableName|\bdb_table)\s*=\s*{_literal()}"
    rf"|@@map\(\s*{_literal('map')}"
)
DECORATED = re.compile(
    rf"@(?:Table|Entity|ViewEntity|JoinTable)\s*\(\s*(?:\{{\s*)?(?:name\s*[=:]\s*)?{_literal()}"
)
BLOCK = re.compile(
    rf"^[ \t]*(?:{Q})?{_name()}(?:{Q})?\s*:\s*\{{\s*Row\s*:"
    rf"|^[ \t]*(?:model|view)\s+{_name('model')}\s*\{{",
    re.MULTILINE,
)
OTHER = re.compile(
    rf"\b(?:Tables|TablesInsert|TablesUpdate|Views)\s*<\s*{_literal()}"
    rf"|\[\s*{Q}(?:Tables|Views){Q}\s*\]\s*\[\s*{_literal('index')}"
    r"|\b(?:table|tableName|table_name|relation|referencedRelation)\s*:\s*"
    rf"{_literal('key')}"
    rf"|/rest/v1/{_name('url')}"
    rf"|{Q}{_name('field')}\.\w+{Q}"
)
RPC = re.compile(
    rf"(?:\b(?:rpc|callproc)\s*{TYPE}\(\s*{Q}|/rest/v1/rpc/|\[\s*{Q}Functions{Q}\s*\]\s*\[\s*{Q})"
    rf"(?:public\.)?(?P<name>{any_of(functions())})\b"
)
ARGS = re.compile(rf"^[ \t]*(?P<name>{any_of(functions())})\s*:\s*\{{\s*Args\s*:", re.MULTILINE)
FROM = re.compile(r"\bfrom_?\(\s*$")
BUCKET = re.compile(r"\bstorage\b[\s!?()]*\.\s*$", re.IGNORECASE)
AROUND: tuple[tuple[re.Pattern[str], Callable[[SourceText, str, int], Scope]], ...] = (
    (CALL, chain_scope),
    (MODEL, class_scope),
    (DECORATED, block_scope),
    (BLOCK, block_scope),
)


def names_in_calls(source: SourceText) -> Iterator[Hit]:
    """Yield the objects, their columns and the functions that a program names."""
    scopes: list[Scope] = []
    for pattern, scope_of in AROUND:
        for found in pattern.finditer(source.live):
            if pattern is CALL and is_bucket(source.live, found.start()):
                continue
            name, place = _named(found)
            yield from _gone(name, place)
            opening = found.start("open") if pattern is CALL else found.start()
            scopes.append(scope_of(source, name, opening))
    for found in OTHER.finditer(source.live):
        name, place = _named(found)
        yield from _gone(name, place)
        end = source.live.find("\n", place)
        scopes.append(Scope(name, place, end if end > 0 else len(source.live)))
    for hit, inner in [pair for scope in scopes for pair in embedded(source, scope)]:
        scopes.append(inner)
        if hit:
            yield hit
    yield from columns_in(source, list(dict.fromkeys(scopes)))
    for pattern in (RPC, ARGS):
        for found in pattern.finditer(source.live):
            yield Hit(found.start("name"), functions()[found["name"]])


def is_bucket(text: str, place: int) -> bool:
    """Return whether the method at a place is one of a file store, whose buckets have names too."""
    return bool(BUCKET.search(text[max(0, place - 80) : place]))


def names_bucket(text: str, quote: int) -> bool:
    """Return whether the literal that begins at a place is the name of a file store's bucket."""
    call = FROM.search(text[max(0, quote - 40) : quote])
    return bool(call and is_bucket(text, quote - len(call[0])))


def _named(found: re.Match[str]) -> tuple[str, int]:
    """Return the object that a match names, and the place of the name."""
    group = next(group for group, text in found.groupdict().items() if text in relations())
    return found[group], found.start(group)


def _gone(name: str, place: int) -> Iterator[Hit]:
    """Yield the object where it does not stay."""
    if is_gone(name):
        yield Hit(place, relations()[name])


def is_whole_literal(text: str, start: int, end: int) -> bool:
    """Return whether a name is all that a literal holds."""
    before = re.search(rf"{Q}(?:public\.)?$", text[max(0, start - 10) : start])
    return bool(before and re.match(Q, text[end : end + 2]))
