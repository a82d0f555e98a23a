"""Where a program speaks of one object: a chain of calls, a model, a block of generated types."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from motomind_nb.names.languages import SourceText, matching_end
from motomind_nb.names.mentions import Hit, any_of, changed_columns, columns_of, is_gone, relations

NEXT_CALL = re.compile(r"[\s\\]*[?!]?\.\s*\w+\s*(?:<[^<>()]*>)?\s*(?=\()")
EMBEDDED = re.compile(rf"(?<![\w.])({any_of(relations())})((?:!\w+)*)\s*\(")
INDENT = re.compile(r"^[ \t]*")


@dataclass(frozen=True)
class Scope:
    """A part of a file in which the columns of one object are spoken of."""

    relation: str
    start: int
    end: int

    @property
    def size(self) -> int:
        """How long it is."""
        return self.end - self.start


def chain_scope(source: SourceText, relation: str, opening: int) -> Scope:
    """Return the scope of the call whose bracket opens at a place, and of those behind it."""
    end = matching_end(source.code, opening)
    while found := NEXT_CALL.match(source.code, end):
        end = matching_end(source.code, found.end())
    return Scope(relation, opening, end)


def class_scope(source: SourceText, relation: str, place: int) -> Scope:
    """Return the scope of the class or model around a place, by its indentation."""
    lines = source.live[:place].split("\n")
    inner = len(INDENT.match(lines[-1])[0])  # type: ignore[index]
    start, outer = place, inner
    for number in range(len(lines) - 2, -1, -1):
        line = lines[number]
        outer = len(INDENT.match(line)[0])  # type: ignore[index]
        # the options of a class may stand in a class Meta of their own
        if re.match(r"\s*(?:class(?!\s+Meta\b)|model|view)\b", line) and outer < inner:
            start = sum(len(one) + 1 for one in lines[:number])
            break
    else:
        return block_scope(source, relation, place)
    end = re.compile(rf"\n[ \t]{{0,{outer}}}[^\s)\]]").search(source.live, place)
    return Scope(relation, start, end.start() if end else len(source.live))


def block_scope(source: SourceText, relation: str, place: int) -> Scope:
    """Return the scope of the first block in braces behind a place."""
    opening = source.code.find("{", place)
    if opening < 0:
        return Scope(relation, place, place)
    return Scope(relation, opening, matching_end(source.code, opening))


def embedded(source: SourceText, scope: Scope) -> Iterator[tuple[Hit | None, Scope]]:
    """Yield the objects that the literals of a scope embed: ``select('id, memberships(role)')``."""
    for text in source.texts:
        if not scope.start <= text.start < scope.end:
            continue
        content = source.text[text.start : text.end]
        for found in EMBEDDED.finditer(content):
            end = matching_end(content, found.end() - 1)
            place = text.start + found.start(1)
            gone = is_gone(found[1])
            inner = Scope(found[1], text.start + found.end(), text.start + end)
            yield (Hit(place, relations()[found[1]]) if gone else None), inner


def columns_in(source: SourceText, scopes: list[Scope]) -> Iterator[Hit]:
    """Yield the columns that scopes name; a place belongs to the smallest scope around it."""
    for scope in scopes:
        wanted = changed_columns(scope.relation)
        if not wanted:
            continue
        pattern = re.compile(rf"(?<![\w$])({any_of(wanted)})(?![\w$])")
        for found in pattern.finditer(source.live, scope.start, scope.end):
            around = [one for one in scopes if one.start <= found.start() < one.end]
            inmost = min(around, key=lambda one: one.size)
            known = found[1] in columns_of(inmost.relation)
            if (inmost is scope or not known) and _is_column(source, found):
                yield Hit(found.start(), wanted[found[1]])


def _is_column(source: SourceText, found: re.Match[str]) -> bool:
    """Return whether a word within a scope is a column: any with _, others as a text or a key."""
    if "_" in found[1] or source.code[found.start()] == " ":
        return True
    before = source.code[: found.start()][-80:]
    after = source.code[found.end() :][:40]
    is_key = re.search(r"[{,(\n]\s*$", before) and re.match(r"\??\s*:", after)
    is_field = re.search(r"\n[ \t]*$", before) and re.match(r"\s*=|[ \t]+[A-Z]", after)
    return bool(is_key or is_field or before.rstrip().endswith((".", "?.")))
