"""Walk through the export file: its keys in any order, its rows one at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from motomind_nb.backup.from_json.decode import Bad, Number
from motomind_nb.backup.from_json.window import Unreadable, Window, printable_character

KEYS = {
    "tenants": "tenants",
    "users": "users",
    "garages": "garages",
    "vehicles": "vehicles",
    "current_events": "vehicle_events",
    "vehicle_images": "vehicle_images",
    "reminders": "reminders",
}
FOLDED_KEY = "legacy_events"
FOLDED = {name: name for name in ("odometer_readings", "fuel_logs", "service_records")}
TIMESTAMP = "timestamp"
Row = dict[str, Any]
Take = Callable[[str, Iterator[Row]], None]


def read_objects(path: Path, take: Take) -> str:
    """Give each object's rows, in order, to ``take``; return the export's timestamp.

    Raises: Refused, naming the object, the row and the column that can't be read.
    """
    with path.open(encoding="utf-8-sig", errors="strict", newline="") as file:
        window = Window(file)
        try:
            timestamp = _top(window, take)
            if window.peek():
                raise Bad("the end of the file", printable_character(window.peek()))
        except Bad as error:
            raise error.at(path.name) from None
    if not isinstance(timestamp, str) or isinstance(timestamp, Number):
        raise Bad(f"the key {TIMESTAMP} with a text", "another value").at(path.name)
    return timestamp


def _top(window: Window, take: Take) -> Any:
    """Read the outermost object; return the timestamp."""
    timestamp: list[Any] = []

    def member(name: str) -> None:
        if name == TIMESTAMP:
            timestamp.append(window.value())
        elif name == FOLDED_KEY:
            read_members(window, FOLDED, lambda inner: take(inner, rows(window, inner)))
        else:
            take(KEYS[name], rows(window, KEYS[name]))

    read_members(window, {TIMESTAMP: "", FOLDED_KEY: "", **KEYS}, member)
    return timestamp[0]


def read_members(window: Window, known: dict[str, str], act: Callable[[str], None]) -> None:
    """Read an object's members, each known key exactly once; ``act`` reads the value.

    Raises: Bad for a key that is unknown, missing or there twice.
    """
    seen: list[str] = []
    window.expect("{")
    while not (not seen and window.take("}")):
        name = window.value()
        if not isinstance(name, str) or name not in known:
            raise Bad(f"the keys {', '.join(known)}", f"the key {str(name)[:80]!r}")
        if name in seen:
            raise Bad("each key once", f"the key {name!r} twice")
        seen.append(name)
        window.expect(":")
        act(name)
        if not window.take(","):
            window.expect("}")
            break
    missing = [name for name in known if name not in seen]
    if missing:
        raise Bad(f"the keys {', '.join(known)}", f"no {', no '.join(missing)}")


def rows(window: Window, name: str) -> Iterator[Row]:
    """Yield the rows of one object. Raises: Refused, naming the row."""
    number = 0
    try:
        window.expect("[")
        while not (number == 0 and window.take("]")):
            number += 1
            yield _row(window)
            if not window.take(","):
                window.expect("]")
                break
    except Unreadable as error:
        raise error.at(f"{name} row {number}{error.place}") from None
    except Bad as error:
        raise error.at(f"{name} row {number}" if number else name) from None


def _row(window: Window) -> Row:
    """Return the next row."""
    if window.peek() != "{":
        raise Bad("a row, which begins with '{'", printable_character(window.peek()))
    row: Row = window.value()
    return row
