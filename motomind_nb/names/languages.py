"""What is a comment and what is a text in a file, by its language; places stay what they are."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath

SQL, PROSE = "sql", "prose"
STRING = r""""(?P<double>(?:\\.|[^"\\\n])*)"|'(?P<single>(?:\\.|[^'\\\n])*)'"""
BACKTICK = r"`(?P<back>(?:\\.|[^`\\])*)`"
LONG = r'"""(?P<long>.*?)"""|' + r"'''(?P<other>.*?)'''"
PATTERNS = {
    "braces": rf"(?P<comment>(?<!:)//[^\n]*|/\*.*?\*/|<!--.*?-->)|{LONG}|{STRING}|{BACKTICK}",
    "hash": rf"(?P<comment>(?<![\w$&])\#[^\n]*)|{LONG}|{STRING}|{BACKTICK}",
    SQL: r"(?P<comment>--[^\n]*|/\*.*?\*/)|'(?P<single>(?:''|[^'])*)'",
    PROSE: r"(?P<comment>.+)",
    "markup": rf"(?P<comment><!--.*?-->)|{STRING}",
}
COMPILED = {name: re.compile(text, re.DOTALL) for name, text in PATTERNS.items()}
ENDINGS = {
    SQL: "sql psql pgsql ddl",
    PROSE: "md mdx txt rst adoc csv tsv log",
    "hash": "py pyi rb sh bash zsh yml yaml toml ini cfg conf env ex exs pl r ipynb tf properties",
    "markup": "html htm xml svg",
}
LANGUAGES = {ending: name for name, endings in ENDINGS.items() for ending in endings.split()}
TEXTS = ("double", "single", "back", "long", "other")
BETWEEN_TEXTS = re.compile(r"""[fFrRbBuU]?["'`]*[\s+\\]*[fFrRbBuU]?["'`]*""")


def language_of(path: PurePath) -> str:
    """Return the language of a file by the end of its name; one with braces where unknown."""
    if path.name in ("Makefile", "Dockerfile", "Gemfile", "Rakefile") or path.name[:4] == ".env":
        return "hash"
    return LANGUAGES.get(path.suffix.removeprefix(".").lower(), "braces")


@dataclass(frozen=True)
class Span:
    """A part of a text: from ``start`` to before ``end``."""

    start: int
    end: int


@dataclass(frozen=True)
class SourceText:
    """A file's text and its language."""

    text: str
    language: str

    @cached_property
    def _matches(self) -> list[re.Match[str]]:
        return list(COMPILED[self.language].finditer(self.text))

    @cached_property
    def comments(self) -> list[Span]:
        """Its comments, in order; prose is one."""
        return [Span(*found.span()) for found in self._matches if found["comment"] is not None]

    @cached_property
    def texts(self) -> list[Span]:
        """The contents of its string literals, in order."""
        return [
            Span(*found.span(str(found.lastgroup)))
            for found in self._matches
            if found.lastgroup in TEXTS
        ]

    @cached_property
    def live(self) -> str:
        """The text with blanks in place of its comments."""
        return without(self.text, self.comments)

    @cached_property
    def code(self) -> str:
        """The text with blanks in place of comments and of the contents of its literals."""
        return without(self.live, self.texts)

    @cached_property
    def runs(self) -> list[Span]:
        """Its literals, those that only blanks or a plus part taken together."""
        found: list[Span] = []
        for span in self.texts:
            if found and BETWEEN_TEXTS.fullmatch(self.live, found[-1].end, span.start):
                found[-1] = Span(found[-1].start, span.end)
            else:
                found.append(span)
        return found

    def contents(self, run: Span) -> str:
        """Return the contents of the literals of a run, blanks in between, as long as the run."""
        return "".join(
            letter if letter == "\n" or self.code[place] == " " else " "
            for place, letter in enumerate(self.live[run.start : run.end], run.start)
        )

    def line(self, place: int) -> int:
        """Return the number of the line at a place."""
        return bisect_right(self._line_starts, place)

    def line_text(self, place: int) -> str:
        """Return the line at a place, without the blanks around it."""
        number = self.line(place)
        start = self._line_starts[number - 1]
        return self.text[start : self.text.find("\n", start) % (len(self.text) + 1)].strip()

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(found.end() for found in re.finditer("\n", self.text))]


def without(text: str, spans: list[Span]) -> str:
    """Return a text with blanks in place of some parts; line ends stay."""
    parts, at = [], 0
    for span in spans:
        parts += [text[at : span.start], re.sub(r"[^\n]", " ", text[span.start : span.end])]
        at = span.end
    return "".join((*parts, text[at:]))


def matching_end(text: str, start: int) -> int:
    """Return the place behind the bracket that closes the one at ``start``; the text's end if none.

    Brackets in literals count too: give a text in which they are blank.
    """
    depth = 0
    for found in re.compile(r"[(){}\[\]]").finditer(text, start):
        depth += 1 if found[0] in "({[" else -1
        if depth == 0:
            return found.end()
    return len(text)
