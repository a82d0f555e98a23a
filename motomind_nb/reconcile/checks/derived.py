"""What the rebuilt schema derives from its events, compared row by row with queries of their own.

Those queries read base tables only: a view that lost its filter cannot be judged by another view
that lost the same. Events written since the last refresh are told apart from lost ones: they are no
fault of the timeline until it is late.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import psycopg
from psycopg import sql

from motomind_nb.core import Finding, as_one_line, counted, rows_counted
from motomind_nb.load import row_mark
from motomind_nb.postgres import Connection, Row, query, read_or_none, rows

FOLDER = "reconcile/derived"
HELD = sql.SQL("held")
TIMELINE, FEED = "timeline", "timeline_feed"
# each derived relation, and the columns that tell its rows apart, the first for the samples
KEYS = {
    TIMELINE: ("id", "date"),
    FEED: ("id", "date"),
    "vehicle_current_mileage": ("vehicle_id",),
}
KINDS = ("missing", "extra", "altered")
# a relation that is gone, was never filled, has other columns or cannot be computed
UNREADABLE = (
    psycopg.ProgrammingError,
    psycopg.DataError,
    psycopg.errors.RaiseException,
    psycopg.errors.ObjectNotInPrerequisiteState,
)
Told = Callable[[Connection, str], list[Finding]]


def derived_findings(connection: Connection, *, has_feed: bool = True) -> Iterator[Finding]:
    """Yield which rows of each derived relation are missing, extra or altered, and how fresh it is.

    Reads only. Call it inside a transaction: what cannot be read is set aside by a savepoint.
    Without ``has_feed`` the feed, which shows rows of the timeline, is left out.
    """
    same = _same_sums(connection, has_feed=has_feed)
    for name in KEYS:
        if name in same:
            yield _good(name)
        elif name != FEED or has_feed:
            yield from _read(connection, name, "derived rows", _compared)
    yield from _read(connection, TIMELINE, "timeline fresh", _freshness)


def _same_sums(connection: Connection, *, has_feed: bool) -> list[str]:
    """Return which of timeline and feed hold just what they must, by numbers and sums of rows.

    Each row is looked at alone, where a join would carry two of them through files. What differs,
    or cannot be read, is compared row by row. The feed is judged so only where the timeline is
    right: it shows rows of it.
    """
    must = read_or_none(connection, partial(_must_hold, connection), UNREADABLE)
    if must is None or _holds(connection, TIMELINE) != (must["rows"], must["total"]):
        return []
    shown = (must["shown"], must["shown_total"])
    return [TIMELINE, *([FEED] if has_feed and _holds(connection, FEED) == shown else [])]


def _must_hold(connection: Connection) -> Row:
    """Return numbers and sums of the rows that timeline and feed must hold."""
    holes = {"expected": _expected(TIMELINE), "visible": query(f"{FOLDER}/visible")}
    return rows(connection, query(f"{FOLDER}/must_hold", **holes, mark=row_mark(HELD)))[0]


def _holds(connection: Connection, name: str) -> tuple[int, object] | None:
    """Return number and sum of the rows of timeline or feed; None where it cannot be read."""
    holes = {"held": query(f"{FOLDER}/held/{name}"), "mark": row_mark(HELD)}
    read = partial(rows, connection, query(f"{FOLDER}/holds/{name}", **holes))
    found = read_or_none(connection, read, UNREADABLE)
    return None if found is None else (found[0]["rows"], found[0]["total"])


def _expected(name: str) -> sql.Composed:
    """Return the query of what a derived relation must hold."""
    visible = query(f"{FOLDER}/visible")
    corrected = query(f"{FOLDER}/corrected")
    return query(f"{FOLDER}/expected/{name}", corrected=corrected, visible=visible)


def _read(connection: Connection, name: str, check: str, told: Told) -> list[Finding]:
    """Return what one check of a relation tells, or that the relation cannot be read."""
    try:
        with connection.transaction():
            return told(connection, name)
    except UNREADABLE as error:
        message = as_one_line(error.diag.message_primary)
        found = "one that cannot be compared"
        return [
            Finding(
                check, _subject(name), "a relation as the rebuild made it", found, "fail", message
            )
        ]


def _compared(connection: Connection, name: str) -> list[Finding]:
    """Return one finding for each kind of fault of a relation, or that it has none."""
    statement = query(
        f"{FOLDER}/compare",
        expected=_expected(name),
        held=query(f"{FOLDER}/held/{name}"),
        keys=sql.SQL(", ").join(map(sql.Identifier, KEYS[name])),
        id=KEYS[name][0],
    )
    faults = {
        row["kind"]: (row["rows"], row["samples"], row["digest"])
        for row in rows(connection, statement)
    }
    if name == TIMELINE and "missing" in faults:
        # of all that the timeline lacks only what was loaded is lost, the rest may be under way
        waiting = _waiting(connection)
        faults["missing"] = (
            waiting["lost"],
            waiting["lost_samples"],
            waiting["lost_digest"],
        )
    found = [
        Finding(
            "derived rows",
            f"{_subject(name)}: {kind}",
            f"no row {kind}",
            f"{rows_counted(faults[kind][0])} {kind}",
            "fail",
            f"compared with the base tables; {_shown(faults[kind][1])}",
            faults[kind][0],
            faults[kind][2],
        )
        for kind in KINDS
        if kind in faults and faults[kind][0]
    ]
    return found or [_good(name)]


def _good(name: str) -> Finding:
    """Return the finding that a relation holds just what it must."""
    expected = "no row missing, extra or altered"
    return Finding("derived rows", _subject(name), expected, "so it is", "ok")


def _freshness(connection: Connection, name: str) -> list[Finding]:
    """Return the finding on events that were written since the load and wait for a refresh."""
    waiting = _waiting(connection)
    expected = "every event written more than 15 minutes ago is in the timeline"
    if not waiting["missing"]:
        return [
            Finding(
                "timeline fresh", _subject(name), expected, "none written since is missing", "ok"
            )
        ]
    age = waiting["age"]
    since = f"last refreshed {age} ago" if age else "no refresh that went well is logged"
    late = "no refresh took them in: run motomind maintain, and see why in private.job_log"
    soon = "written since the last refresh, the next one takes them in: motomind maintain does it"
    return [
        Finding(
            "timeline fresh",
            _subject(name),
            expected,
            f"{counted(waiting['missing'], 'event')} not in it yet, {since}",
            "fail" if waiting["late"] else "warn",
            f"{late if waiting['late'] else soon}; {_shown(waiting['samples'])}",
            waiting["missing"],
            waiting["digest"],
        )
    ]


def _waiting(connection: Connection) -> dict[str, Any]:
    """Return which events the timeline lacks, and the age of its last good refresh."""
    return rows(connection, query(f"{FOLDER}/waiting"))[0]


def _subject(name: str) -> str:
    """Return a relation as a finding names it."""
    return f"private.{name}" if name == TIMELINE else name


def _shown(samples: list[str]) -> str:
    """Return a few ids as an illustration."""
    return f"for example {', '.join(samples)}"
