"""Checks that do not lean on the projections alone: stage, fingerprints, keys, values, marks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from psycopg import sql
from psycopg.rows import kwargs_row

from motomind_nb import load, postgres
from motomind_nb.backup import Manifest
from motomind_nb.core import Finding, digest_of, examples, rows_counted
from motomind_nb.legacy import catalog
from motomind_nb.load import projections
from motomind_nb.postgres import Connection, Relation, in_source, query, rows, value
from motomind_nb.reconcile.checks.counted import counted
from motomind_nb.reconcile.rows import Counted, Pair, Sides

NONE, NO_ROWS = "none", "0 rows, fingerprint 0"


def check_staged_fingerprints(connection: Connection, before: Manifest) -> Iterator[Finding]:
    """Yield whether each staged table still is what the backup's manifest says. Reads only.

    A table that the source lacks may stand there for the load, without a row. One whose rows were
    only counted (where nothing was copied) is not compared.
    """
    for item in before.objects:
        if item.present and item.is_table and item.fingerprint is None:
            continue
        if item.present and item.is_table:
            known = f"{rows_counted(item.rows)}, fingerprint {item.fingerprint}"
            yield _staged(item.name, known, _held(connection, item))
        elif item.is_table:
            held = _held(connection, item)
            if held not in (NONE, NO_ROWS):
                yield _staged(item.name, NO_ROWS, held)


def _held(connection: Connection, item: Relation) -> str:
    """Return rows and fingerprint of a staged table in words."""
    place = in_source(item.name)
    if not value(connection, query("reconcile/is_there", table=place)):
        return NONE
    held, mark = postgres.fingerprint(connection, place, item.columns)
    return f"{rows_counted(held)}, fingerprint {mark}"


def _staged(name: str, known: str, held: str) -> Finding:
    """Return whether one staged table is as it was."""
    if held == known:
        return Finding("staged", name, known, held, "ok")
    said = "the staged copy in schema legacy was changed"
    return Finding("staged", name, known, held, "fail", said)


def compare_fingerprints(connection: Connection, sides: Iterable[Sides]) -> Iterator[Finding]:
    """Yield whether both sides of each target table have the same order-free fingerprint."""
    for item in sides:
        before, after = item.expected, item.loaded
        if not item.same:
            before, after = _fingerprints(connection, item.pair)
        yield Finding(
            "fingerprint",
            item.pair.name,
            f"{rows_counted(before[0])}, sum {before[1]}",
            f"{rows_counted(after[0])}, sum {after[1]}",
            "ok" if before == after else "fail",
        )


def _fingerprints(connection: Connection, pair: Pair) -> tuple[Counted, Counted]:
    """Return rows and fingerprint of each side, counted without joining them."""
    statement = query(
        "reconcile/fingerprint", expected=pair.expected, loaded=pair.loaded(connection)
    )
    row = rows(connection, statement)[0]
    before = (row["expected_rows"], row["expected_sum"])
    return before, (row["loaded_rows"], row["loaded_sum"])


def check_keys(connection: Connection, sides: Iterable[Sides]) -> Iterator[Finding]:
    """Yield the keys of either side that are NULL or used twice, without joining the sides."""
    for item in sides:
        faults = [] if item.same else list(key_faults(connection, item.pair))
        found = [finding for listed in faults for finding in counted(connection, listed)]
        yield from found or [
            Finding("keys", item.pair.name, "one row for each key", "so it is", "ok")
        ]


def faults_of_keys(connection: Connection, sides: Iterable[Sides]) -> Iterator[sql.Composed]:
    """Yield the queries that list the faults of keys, of tables whose sides are not the same."""
    for item in sides:
        if not item.same:
            yield from key_faults(connection, item.pair)


def key_faults(connection: Connection, pair: Pair) -> Iterator[sql.Composed]:
    """Yield the queries that list the faults of the keys of one table, source and target."""
    for side, readings in (("source", pair.expected), ("target", pair.loaded(connection))):
        yield query(
            "reconcile/keys",
            side=readings,
            name=sql.Literal(pair.name),
            place=sql.Literal(side),
        )


def check_mapped_values(connection: Connection) -> Iterator[Finding]:
    """Yield whether each mapped value became what the catalog says. Reads only."""
    wanted = {(item.object, item.name): item.values for item in catalog.mapped_columns()}
    for row in rows(connection, query("reconcile/mapped_values")):
        expected = wanted[row["object"], row["column"]].get(row["old"], "no mapping")
        yield Finding(
            "mapped values",
            f"{row['object']}.{row['column']} {row['old']}",
            expected,
            row["new"],
            "ok" if expected == row["new"] else "fail",
            rows_counted(row["rows"]),
        )


def check_disputed_marks(
    connection: Connection, judged: load.Judged | None = None
) -> Iterator[Finding]:
    """Yield whether the marked readings are those that the staged rows give. Reads only.

    Which rows are readings is asked with a query of its own: a fault in the load's is seen.
    ``judged`` is what the load judged and told: the same readings are not judged twice.
    The readings come through a cursor: call it inside a transaction.
    """
    readings = query("reconcile/readings_by_vehicle")
    if judged and judged == _as_held(connection, readings):
        yield from _counted_marks(connection)
        return
    disputed, later, wrong = 0, 0, list[str]()
    for part in load.judged_readings(connection, readings=readings):
        disputed += sum(item.reason is not None for item in part)
        later += sum(item.chain > 1 for item in part)
        values = {
            "tables": [item.source_table for item in part],
            "ids": [item.source_id for item in part],
            "vehicles": [item.vehicle_id for item in part],
            "reasons": [item.reason for item in part],
            "chains": [item.chain for item in part],
        }
        found = rows(connection, query("reconcile/not_marked"), values)
        wrong += [
            f"{row['source_table']} {row['source_id']}: {row['expected']}, found {row['found']}"
            for row in found
        ]
    if wrong:
        yield _not_marked(sorted(wrong))
    yield from _counted_marks(connection, {"disputed": disputed, "later": later})


def _as_held(connection: Connection, readings: sql.Composed) -> load.Judged:
    """Return the readings and the marks that the database holds, as the load notes them.

    One reading in ten has a mark: they come some thousands at a time.
    """
    with connection.cursor(name="motomind_told", row_factory=kwargs_row(load.Judgement)) as told:
        told.itersize = 10_000
        told.execute(query("reconcile/told"))
        marks = load.checksum_of_told(told)
    return load.Judged(load.checksum_of_readings(connection, readings), marks)


def _counted_marks(
    connection: Connection, expected: Mapping[str, int] | None = None
) -> Iterator[Finding]:
    """Yield whether as many marks are held as are expected; all are, if that is left out."""
    held = rows(connection, query("reconcile/marked"))[0]
    wanted = expected or held
    for name, key in (("audit.disputed", "disputed"), ("audit.later_chain", "later")):
        status = "ok" if held[key] == wanted[key] else "fail"
        yield Finding("disputed", name, f"{wanted[key]} readings", f"{held[key]} readings", status)


def _not_marked(wrong: list[str]) -> Finding:
    """Return the failure of all readings whose mark is not what the reconstruction says."""
    return Finding(
        "disputed",
        "marks of readings",
        "chain and mark as the reconstruction of the vehicle's history says",
        f"{rows_counted(len(wrong))} marked otherwise",
        "fail",
        examples(wrong, len(wrong)),
        len(wrong),
        digest_of(wrong),
    )


def quarantine_faults() -> Iterator[sql.Composed]:
    """Yield the queries that list what is in quarantine and not equal to its source row."""
    for projection in projections():
        if projection.target[1] == "memberships":
            yield query("reconcile/quarantine_memberships")
        else:
            staged, name = in_source(projection.source), sql.Literal(projection.source)
            yield query("reconcile/quarantine", staged=staged, name=name)


def check_quarantined_rows(connection: Connection) -> Iterator[Finding]:
    """Yield the rows in quarantine that are not equal to their source row. Reads only."""
    found = [item for faults in quarantine_faults() for item in counted(connection, faults)]
    yield from found
    if not found:
        yield Finding("quarantine rows", "all sources", "complete source rows", "so they are", "ok")
