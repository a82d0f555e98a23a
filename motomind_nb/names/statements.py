"""SQL: the objects, functions and columns that a statement names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from motomind_nb.names.languages import SQL, SourceText, without
from motomind_nb.names.languages import Span as Part
from motomind_nb.names.mentions import (
    Hit,
    any_of,
    changed_columns,
    columns_of,
    functions,
    is_gone,
    is_own_word,
    relations,
)

SCHEMA = r'(?:(?:"public"|public)\s*\.\s*)?'
RELATION = re.compile(
    rf'(?<![\w$".]){SCHEMA}(?:"({any_of(relations())})"|({any_of(relations())}))(?![\w$"])',
    re.IGNORECASE,
)
FUNCTION = re.compile(rf'(?<![\w$".]){SCHEMA}"?({any_of(functions())})(?![\w$])', re.IGNORECASE)
# what stands before the name of a relation
BEFORE = re.compile(
    r"(?:\b(?:from|join|into|update|table|references|only|truncate|view|on|copy|using|lock|setof"
    r"|analyze|vacuum|returns|refresh|exists|concurrently|like|sequence|of)\s+|::\s*|\bfrom\b[^;()]*,\s*)$",
    re.IGNORECASE,
)
AFTER = re.compile(r'\s*\.\s*["\w*]|%rowtype', re.IGNORECASE)
AS = re.compile(r"\bas\s+$", re.IGNORECASE)
USED = re.compile(
    r"(?:\b(?:from|join|into|update|only|table|on|references)\s+|,\s*)"
    rf'{SCHEMA}"?(?P<name>{any_of(relations())})"?(?!\s*\.)\b(?:\s+(?:as\s+)?"?(?P<alias>[a-z_]\w*)"?)?',
    re.IGNORECASE,
)
QUALIFIED = r'(?<![\w$."])(?:"?(?P<of>[a-z_][\w$]*)"?\s*\.\s*)?"?(?P<column>{})"?(?![\w$"]|\s*\()'
LITERAL = re.compile(r"'(?:''|[^'])*'")
KEY_WORDS = """
where on set using values select left right inner full cross join order group limit as for
returning add drop alter enable is and or union natural having window offset default to
"""
NO_ALIAS = frozenset(KEY_WORDS.split())
ANY_ROW = ("new", "old", "excluded")
VERB = re.compile(
    r"\s*\(?\s*(?:select\b|with\s+\w+.*?\bas\b|insert\s+into\b|update\s+\S+\s+(?:\w+\s+)?set\b"
    r"|delete\s+from\b|truncate\b|create\s|alter\s+\w+\s|drop\s+\w+\s|copy\s|grant\s|revoke\s"
    r"|refresh\s+materialized\b|comment\s+on\b|lock\s+table\b|call\s|merge\s+into\b|explain\s|begin\b"
    r"|declare\b|do\s+\$|from\s+\w|(?:left\s|right\s|inner\s|full\s|cross\s)?\s*join\s|where\s)",
    re.IGNORECASE | re.DOTALL,
)
# signs that a text is a statement and no sentence of English that begins with the same word
SIGNS = re.compile(
    r"[*;=]|\$\d|%s|(?<!\w):\w|\w+\.\w+|\b(?:where|join|values)\b|\b(?:SELECT|FROM|INSERT|DELETE)\b"
)


def sql_parts(source: SourceText) -> Iterator[Part]:
    """Yield the parts of a file that are SQL: all of an .sql file, elsewhere each statement."""
    if source.language == SQL:
        yield Part(0, len(source.live))
        return
    yield from (run for run in source.runs if VERB.match(source.contents(run)))


def names_in_sql(source: SourceText, part: Part) -> Iterator[Hit]:
    """Yield what each statement of a part names; a name that reads like prose there is a guess."""
    text = source.live if source.language == SQL else source.contents(part)
    sure = source.language == SQL or bool(SIGNS.search(text))
    at = part.start
    for statement in _statements(text):
        for hit in _names(statement, sure=sure):
            yield Hit(at + hit.start, hit.old, hit.is_guess)
        at += len(statement) + 1


def _statements(text: str) -> list[str]:
    """Return the statements of a text: what semicolons outside of literals part."""
    blank = without(text, [Part(*found.span()) for found in LITERAL.finditer(text)])
    found, at = [], 0
    for piece in blank.split(";"):
        found.append(text[at : at + len(piece)])
        at += len(piece) + 1
    return found


def _names(statement: str, *, sure: bool) -> Iterator[Hit]:
    """Yield what one statement names."""
    plain = without(statement, [Part(*found.span()) for found in LITERAL.finditer(statement)])
    for found in RELATION.finditer(statement):
        hit = _relation(statement, found, sure=sure)
        inside = plain[found.start()] == " "
        if hit and (not inside or is_own_word(hit.old.object)):
            yield Hit(hit.start, hit.old, hit.is_guess)
    for found in FUNCTION.finditer(statement):
        yield Hit(found.start(1), functions()[found[1].lower()])
    yield from _columns(plain)


def _relation(statement: str, found: re.Match[str], *, sure: bool) -> Hit | None:
    """Return an object that a statement names, None for one that stays."""
    name = (found[1] or found[2]).lower()
    if not is_gone(name):
        return None
    before = statement[max(0, found.start() - 400) : found.start()]
    alias = AS.search(before)
    placed = BEFORE.search(before) or AFTER.match(statement, found.end())
    certain = placed or "public" in found[0].lower() or (is_own_word(name) and not alias)
    if alias and not is_own_word(name):
        return None
    certain = certain and (sure or is_own_word(name))
    return Hit(found.start(1) if found[1] else found.start(2), relations()[name], not certain)


def _columns(plain: str) -> Iterator[Hit]:
    """Yield the columns that a statement names, of the objects that it uses."""
    used = _used(plain)
    tables = list(dict.fromkeys(used.values()))
    wanted = {column for table in tables for column in changed_columns(table)}
    if not wanted:
        return
    for found in re.finditer(QUALIFIED.format(any_of(wanted)), plain, re.IGNORECASE):
        of, column = (found["of"] or "").lower(), found["column"].lower()
        if of and of not in used and of not in ANY_ROW:
            continue
        holders = [used[of]] if of in used else tables
        owners = [table for table in holders if column in changed_columns(table)]
        holding = [table for table in holders if column in columns_of(table)]
        if owners:
            old = changed_columns(owners[0])[column]
            yield Hit(found.start("column"), old, len(holding) > 1)


def _used(plain: str) -> dict[str, str]:
    """Return the objects that a statement uses, by their names and aliases."""
    used = {}
    for found in USED.finditer(plain):
        name, alias = found["name"].lower(), (found["alias"] or "").lower()
        used[name] = name
        if alias and alias not in NO_ALIAS:
            used[alias] = name
    return used
