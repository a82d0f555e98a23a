"""A window over a JSON text file: it moves on one value at a time and never holds the file."""

from __future__ import annotations

import json
from typing import Any, TextIO

from motomind_nb.backup.from_json.decode import SPACE, Bad, decode, find_undecodable_key

BLOCK = 1 << 18
LONGEST = 1 << 24  # characters of one row or value
SLACK = 16  # an error this near to the window's end may be an unfinished value


class Window:
    """The part of the file that is being read, and the position in it."""

    def __init__(self, file: TextIO) -> None:
        self.file, self.text, self.position, self.ended = file, "", 0, False

    def fill(self) -> None:
        """Read on: as much again as the window holds, so that a long value costs little."""
        self.text = self.text[self.position :]
        self.position = 0
        try:
            more = self.file.read(max(BLOCK, len(self.text)))
        except UnicodeDecodeError as error:
            raise Bad("a file in UTF-8", f"other bytes ({error.reason})") from None
        self.ended = not more
        self.text += more

    def peek(self) -> str:
        """Return the next character that is no white space, '' at the end."""
        while True:
            while self.position < len(self.text):
                if self.text[self.position] not in SPACE:
                    return self.text[self.position]
                self.position += 1
            if self.ended:
                return ""
            self.fill()

    def take(self, mark: str) -> bool:
        """Move past a mark if it comes next; return whether it did."""
        if self.peek() != mark:
            return False
        self.position += 1
        return True

    def expect(self, mark: str) -> None:
        """Move past a mark. Raises: Bad when another character, or the end, comes next."""
        if not self.take(mark):
            raise Bad(f"{mark!r}", printable_character(self.peek()))

    def value(self) -> Any:
        """Return the next value and move past it. Raises: Bad, or Unreadable with its column."""
        self.peek()
        while True:
            try:
                value, end = decode(self.text, self.position)
            except Bad as error:
                raise self._fault(error) from None
            except json.JSONDecodeError as error:
                self._more_or_fault(error)
                continue
            if end < len(self.text) or self.ended:
                self.position = end
                return value
            self.fill()

    def _more_or_fault(self, error: json.JSONDecodeError) -> None:
        """Read on when the value may only be unfinished. Raises: Bad when it is wrong."""
        unfinished = error.msg.startswith("Unterminated") or error.pos >= len(self.text) - SLACK
        if not unfinished:
            raise self._fault(Bad("JSON", error.msg)) from None
        if self.ended:
            raise self._fault(Bad("JSON to its end", "the end of the file")) from None
        if len(self.text) - self.position > LONGEST:
            raise self._fault(Bad(f"at most {LONGEST} characters", "a longer value")) from None
        self.fill()

    def _fault(self, error: Bad) -> Bad:
        """Return the error with the column it is in, when the value is a row."""
        if self.text[self.position : self.position + 1] != "{":
            return error
        column, nearer = find_undecodable_key(self.text, self.position)
        return Unreadable(column, nearer or error)


class Unreadable(Bad):
    """A row whose column can't be decoded."""

    def __init__(self, column: str, error: Bad) -> None:
        super().__init__(error.expected, error.found)
        self.column = column

    @property
    def place(self) -> str:
        """The column, as the end of a place's name."""
        return f", column {self.column[:80]}" if self.column else ""


def printable_character(mark: str) -> str:
    """Return a character for a message."""
    return repr(mark) if mark else "the end of the file"
