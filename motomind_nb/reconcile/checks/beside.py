"""The checks that stand beside the comparison of rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial

from psycopg import sql

from motomind_nb.core import Finding
from motomind_nb.legacy import catalog
from motomind_nb.load import Notes
from motomind_nb.postgres import (
    Connection,
    Task,
    findings_or_gone,
    query,
    query_names,
)
from motomind_nb.reconcile import columns
from motomind_nb.reconcile.checks import derived, old_views, witnesses
from motomind_nb.reconcile.checks.counted import counted

FOLDER = "reconcile/checks"
CARRIED_BACK = f"{FOLDER}/carried_back"
Queries = Iterable[sql.Composed]


def no_queries() -> Queries:
    """Return nothing: a check whose rows stand in a file of their own, or in none."""
    return ()


@dataclass(frozen=True)
class Check:
    """A check: its name, how a session tells its findings, the queries that list what they count.

    ``cost``: its share of the time that all checks of many events take, in any unit.
    """

    name: str
    tell: Callable[[Connection], Iterable[Finding]]
    listing: Callable[[], Queries] = no_queries
    cost: int = 1


@dataclass(frozen=True)
class Loaded:
    """What is known of the load that is compared.

    ``notes``: its own, where of all that it read and noted only the staged tables can have changed
    since. ``has_feed``: whether the timeline feed is there yet; else it is left out.
    """

    notes: Notes = field(default_factory=Notes)
    has_feed: bool = True


def checks_beside(loaded: Loaded) -> list[Check]:
    """Return the checks that stand beside the comparison of rows, in the order of the story."""
    return [
        *map(_of_file, query_names(FOLDER)),
        Check(
            "quarantine rows", witnesses.check_quarantined_rows, witnesses.quarantine_faults, cost=2
        ),
        Check("second mapping", columns.second_mapping_findings, cost=20),
        Check("mapped values", witnesses.check_mapped_values),
        Check("disputed", partial(witnesses.check_disputed_marks, judged=loaded.notes.judged)),
        *(
            Check(
                "views",
                partial(old_views.old_view_findings, name=name),
                partial(old_views.old_view_faults, name),
            )
            for name in catalog.views()
        ),
        Check("derived rows", partial(derived.derived_findings, has_feed=loaded.has_feed), cost=15),
    ]


def task_of(check: Check) -> Task:
    """Return the task of a session that tells a check's findings.

    A check of which an object is gone is one failure; the others still run.
    """

    def act(session: Connection) -> list[Finding]:
        return findings_or_gone(session, check.name, partial(check.tell, session))

    return Task(check.cost, act)


def listing_of(checks: Sequence[Check], told: Sequence[list[Finding]]) -> tuple[sql.Composed, ...]:
    """Return the queries that list rows, of those checks only whose findings count some."""
    return tuple(
        faults
        for check, findings in zip(checks, told, strict=True)
        if any(item.rows for item in findings)
        for faults in check.listing()
    )


def carried_back_findings(connection: Connection) -> list[Finding]:
    """Return what a rollback carried back and a load does not give again. Reads the source only."""
    return counted(connection, query(CARRIED_BACK))


def _of_file(name: str) -> Check:
    """Return the check that one query states."""
    faults = query(name)
    word = name.rpartition("/")[2].replace("_", " ")
    tell = partial(counted, faults=faults)
    # a row in quarantine has a file of its own, with its contents
    return Check(word, tell) if word == "quarantine" else Check(word, tell, lambda: [faults])
