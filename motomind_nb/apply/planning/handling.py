"""What is done with each dependent from outside: as the accept file says, else an open point."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from motomind_nb import profile, reconcile
from motomind_nb.apply.outside import Bound
from motomind_nb.apply.planning.points import open_point
from motomind_nb.backup import Manifest
from motomind_nb.core import Finding
from motomind_nb.postgres import Connection
from motomind_nb.runs import Entry

REBIND, ALSO = "rebind", "also"


@dataclass
class Handled:
    """The choices by dependent (rebind, also, leave), and what stands against an apply."""

    choices: dict[str, str] = field(default_factory=dict)
    open_points: list[Finding] = field(default_factory=list)

    @property
    def rebind(self) -> frozenset[str]:
        """The dependents that are to be made anew over the rebuilt tables."""
        return frozenset(name for name, how in self.choices.items() if how == REBIND)

    def said(self) -> list[str]:
        """Return each choice as text."""
        return [f"{subject} {how}" for subject, how in self.choices.items()]

    def not_bindable(self, bindable: Sequence[Bound]) -> list[Finding]:
        """Return an open point for each that is to be made anew and can't be, exactly."""
        known = {item.subject for item in bindable if item.has_successor}
        return [
            open_point(
                subject,
                "handled = also or leave",
                "handled = rebind, exact for views, parsed functions and keys to kept ids only",
                "write its new text into a file for --also and say handled = also",
            )
            for subject in sorted(self.rebind - known)
        ]


def handled_dependents(now: Manifest, entries: Sequence[Entry], has_also: bool) -> Handled:
    """Return what the accept file says of each dependent that there is now."""
    handled, today = Handled(), datetime.now(UTC).date()
    found = [item for item in profile.dependent_findings(now) if item.status == "fail"]
    for item in found:
        entry = next((one for one in entries if _speaks_of(one, item, found, today)), None)
        if entry is None:
            handled.open_points.append(
                open_point(
                    item.subject,
                    "handled",
                    item.found,
                    "accept it with handled = rebind, also or leave (motomind accept --run)",
                )
            )
            continue
        handled.choices[item.subject] = entry.handled
        if entry.handled == ALSO and not has_also:
            handled.open_points.append(
                open_point(
                    item.subject,
                    "a file for --also",
                    "handled = also and no --also",
                    "name the file that binds it to the rebuilt tables",
                )
            )
    return handled


def carried_back_points(connection: Connection, entries: Sequence[Entry]) -> list[Finding]:
    """Return an open point for each column that lost values after a rollback; reads only.

    Accepted ones are none.
    """
    today = datetime.now(UTC).date()
    found = [one for one in reconcile.carried_back_findings(connection) if one.status == "fail"]
    return [
        open_point(
            f"{item.check}: {item.subject}",
            item.expected,
            item.found,
            "settle these events, or accept the loss: rehearse again, then motomind accept --run",
        )
        for item in found
        if not any(_speaks_of(entry, item, found, today) for entry in entries)
    ]


def _speaks_of(entry: Entry, item: Finding, found: Sequence[Finding], today: date) -> bool:
    """Return whether an entry in force accepts exactly what it matches, this finding among it."""
    matched = [one for one in found if entry.matches(one)]
    return item in matched and entry.in_force(today) and entry.is_of(matched)
