"""What only may be an old name: in a comment, in a sentence, in code that no rule knows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from motomind_nb.names.calls import Q, is_whole_literal, names_bucket
from motomind_nb.names.languages import SQL, SourceText
from motomind_nb.names.mentions import (
    Hit,
    any_of,
    changed_columns,
    columns_of,
    functions,
    is_gone,
    is_own_word,
    owners_of,
    relations,
)

GONE = [name for name in relations() if is_gone(name)]
WORDS = re.compile(
    rf"(?<![\w$.-])(?:public\.)?({any_of([*filter(is_own_word, GONE), *functions()])})(?![\w$]|-\w)"
)
ATTRIBUTE = re.compile(rf"(?<=\.)({any_of([*filter(is_own_word, GONE), *functions()])})(?![\w$])")
LITERALS = re.compile(
    rf"{Q}(?:public\.)?({any_of(name for name in GONE if not is_own_word(name))}){Q}"
)
CHANGED = {column for name in relations() for column in changed_columns(name)}
COLUMNS = re.compile(rf"(?<![\w$])({any_of(filter(is_own_word, CHANGED))})(?![\w$])")
# a column of one word away from its table, where a query is put together step by step
FILTERED = re.compile(
    r"\.\s*(?:eq|neq|in|is|gte?|lte?|like|ilike|order|filter|not|where|orderBy)\(\s*"
    rf"{Q}(?:\w+\.)?({any_of(CHANGED)}){Q}"
)
STAYING = any_of(name for name in relations() if not is_gone(name))
SPOKEN = re.compile(
    rf"{Q}(?:public\.)?({STAYING}){Q}"
    rf"|\b(?i:from|join|into|update|table)\s+(?:public\.)?({STAYING})\b"
)
CLIENTS = r"(?:prisma|tx|trx|db|orm|query|models?|tables|schema|Tables|Views)"


def _camel(name: str) -> str:
    """Return a name as programs in JavaScript write it: ``fuelLogs``."""
    first, *rest = name.split("_")
    return first + "".join(map(str.capitalize, rest))


def _spellings() -> dict[str, str]:
    """Return how programs spell the objects that do not stay -> the object."""
    found: dict[str, str] = {}
    for name in GONE:
        for word in (name, name.removesuffix("s")):
            camel = _camel(word)
            found |= {camel: name, camel[0].upper() + camel[1:]: name}
    return found


SPELLINGS = _spellings()
MODELS = re.compile(
    rf"\b{CLIENTS}\s*\.\s*({any_of(SPELLINGS)})(?!\w)"
    rf"|\.\s*(?:from|into|insert|update|delete|innerJoin|leftJoin)\(\s*({any_of(SPELLINGS)})\s*[,)]"
    rf"|^[ \t]*(?:export\s+)?(?:class|model)\s+({any_of(SPELLINGS)})\b",
    re.MULTILINE,
)

# without one of these a text names nothing that is told
NEEDED = {word.lower() for word in (*relations(), *functions(), *SPELLINGS, *CHANGED) if word}
NEEDED -= {column for column in CHANGED if not is_own_word(column)}


def may_name_something(text: str) -> bool:
    """Return whether a text holds the letters of an old name: a quick look before a long one."""
    lower = text.lower()
    return any(word in lower for word in NEEDED)


def guesses(source: SourceText, certain: Iterable[Hit]) -> Iterator[Hit]:
    """Yield what may be an old name at places that nothing certain was found at."""
    told = list(certain)
    for pattern in (WORDS, ATTRIBUTE):
        for found in pattern.finditer(source.text):
            if not names_bucket(source.live, found.start() - 1):
                yield _word(source, found)
    if source.language != SQL:
        for found in LITERALS.finditer(source.live):
            if not names_bucket(source.live, found.start()):
                yield Hit(found.start(1), relations()[found[1]], is_guess=True)
    for found in MODELS.finditer(source.live):
        yield Hit(found.start(), relations()[SPELLINGS[found[1] or found[2] or found[3]]], True)
    yield from _columns(source, told)


def _word(source: SourceText, found: re.Match[str]) -> Hit:
    """Return a name that is no word of prose: certain as the whole of a literal, else a guess."""
    name, place = found[1], found.start(1)
    old = relations().get(name) or functions()[name]
    whole = is_whole_literal(source.live, place, found.end()) and name in relations()
    return Hit(place, old, is_guess=not whole)


def _columns(source: SourceText, certain: list[Hit]) -> Iterator[Hit]:
    """Yield columns away from their object: of one that the file names, or of no other object."""
    spoken = {hit.old.object for hit in certain} | _spoken(source)
    for found in (*COLUMNS.finditer(source.live), *FILTERED.finditer(source.live)):
        owners = owners_of(found[1])
        # a statement of SQL says itself whose columns it names
        near = [name for name in owners if name in spoken and source.language != SQL]
        alone = len(owners) == 1 and not is_gone(owners[0]) and _is_of_one(found[1])
        if near or alone:
            yield Hit(found.start(1), changed_columns((near or owners)[0])[found[1]], is_guess=True)


def _spoken(source: SourceText) -> set[str]:
    """Return the objects that stay and that a file names in a literal or as words of SQL."""
    return {found[1] or found[2] for found in SPOKEN.finditer(source.live)}


def _is_of_one(column: str) -> bool:
    """Return whether only one of the 35 objects has a column of this name."""
    return sum(column in columns_of(name) for name in relations()) == 1
