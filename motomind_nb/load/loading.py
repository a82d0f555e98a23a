"""The load: every staged row becomes a row of the rebuilt schema, or stands in quarantine.

Set-based and independent of the order of rows: quarantine first, then what is told of the
readings, then one INSERT ... SELECT for each projection, with the source of each event in the same
statement. The target's tables are still bare then (see ``rebuild``): no trigger runs, and the same
rules have been checked on whole sets.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import psycopg
from psycopg import sql

from motomind_nb.core import Finding, MotomindError, Refused, rows_counted
from motomind_nb.load import decisions, judging, quarantine
from motomind_nb.load.notes import Notes, Projected
from motomind_nb.load.projections import EVENTS, Projection, column_list, projections
from motomind_nb.postgres import Connection, query, rows, selected_expression, value


def load_staged_rows(
    connection: Connection,
    sources: Sequence[str] = (),
    loaded: Callable[[str], None] = lambda _: None,
    notes: Notes | None = None,
) -> list[Finding]:
    """Load the staged rows and return a finding for each decision taken on the way.

    ``sources`` names the event sources, the most trusted first (none named: as the reconstruction
    trusts them); ``loaded`` is called with the name of each source whose rows are in the target;
    ``notes`` are filled with what was done.
    Writes: audit.quarantine, audit.disputed, audit.later_chain, the seven tables,
    private.memberships and private.event_source; never commits.
    Raises: Refused for values without a mapping, rows of manual_events or a target that holds
    rows; MotomindError when a rule of the target still refuses a row.
    """
    refuse_unmapped(connection)
    refuse_loaded(connection)
    connection.execute(query("load/analyze_staged"))
    quarantine.quarantine_refused_rows(connection)
    noted = notes or Notes()
    noted.judged = judging.store_judgements(connection, sources)
    connection.execute(query("load/analyze_audit"))
    for projection in projections():
        given = _insert(connection, projection)
        noted.projected += [given] if given else []
        loaded(projection.source)
    return decisions.decision_findings(connection)


def event_years(connection: Connection) -> list[int]:
    """Return the years in which staged events lie: the partitions a load needs. Reads only."""
    return [row["year"] for row in rows(connection, query("load/years"))]


def refuse_unmapped(connection: Connection) -> None:
    """Raise Refused, naming all of them, when a staged value has no mapping. Reads only."""
    found = rows(connection, query("load/unmapped"))
    if found:
        parts = [
            f"{row['subject']} {row['value']!r} ({rows_counted(row['rows'])})" for row in found
        ]
        raise Refused(
            "mapping",
            "a target for every value",
            "; ".join(parts),
            "correct the source, or add the value to motomind_nb/legacy/catalog.csv and its "
            "projection in motomind_nb/load/sql/projections",
        )


def refuse_loaded(connection: Connection) -> None:
    """Raise Refused when a target table or the quarantine holds rows. Reads only."""
    found = value(connection, query("load/holding_rows"))
    if found:
        raise Refused(
            "target", "empty tables", f"rows in {found}", "load into a freshly rebuilt schema"
        )


def _insert(connection: Connection, projection: Projection) -> Projected | None:
    """Insert what one projection maps, and for events where each came from.

    Return what it gave, where that is summed.
    """
    columns = column_list(projection.columns(connection))
    holes = {"columns": columns, "projection": projection.select}
    try:
        if projection.target == EVENTS:
            record = sql.SQL("row({})").format(columns)
            statement = query("load/events", **holes, mark=row_mark(record))
            given = rows(connection, statement, {"source": projection.source})[0]
            checksum = projection.checksum(connection)
            return Projected(projection.source, checksum, given["rows"], int(given["total"]))
        connection.execute(query("load/rows", **holes, table=projection.table))
        return None
    except psycopg.errors.IntegrityError as error:
        raise MotomindError(
            projection.source,
            f"rows that {'.'.join(projection.target)} takes",
            str(error.diag.message_primary),
            "mend the row in the source and run again",
        ) from error


def row_mark(row: sql.Composable) -> sql.Composed:
    """Return the SQL of the mark of a row, which is an SQL record."""
    return selected_expression("load/row_mark", row=row)
