"""A row that states no odometer is no reading: where it goes missing, no mileage is lost."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from loads import load_staged, staged_template, unguarded

from motomind_nb import mileage
from motomind_nb.postgres import Connection, Server, rows

RULES = mileage.Rules()
NOBODY = "10000000-0000-4000-8000-00000000dead"
# table, its odometer, and a row of the sample whose vehicle has others
ROWS = (
    ("fuel_logs", "odometer_reading", "90000000-0000-4000-8000-000000000002"),
    ("service_records", "odometer_reading", "a0000000-0000-4000-8000-000000000002"),
    ("vehicle_events", "miles", "50000000-0000-4000-8000-000000000002"),
)
WITHOUT = "UPDATE legacy.{table} SET {column} = NULL WHERE id = %s"
REFUSED = "UPDATE legacy.{table} SET tenant_id = %s WHERE id = %s"


@pytest.fixture
def staged(server: Server) -> Iterator[Connection]:
    """A connection to the staged sample; a row may name a tenant that is not there."""
    with unguarded(server, staged_template(server, "sample")) as connection:
        yield connection


def causes(connection: Connection) -> list[str]:
    """Why the mileage of each vehicle differs, of those that do."""
    told = mileage.audit(connection, "run", RULES).vehicles
    return list(told.loc[~told["equal"], "cause"])


def quarantined(connection: Connection) -> list[str]:
    """The ids in quarantine."""
    found = rows(connection, b"SELECT source_id FROM audit.quarantine")
    return [row["source_id"] for row in found]


@pytest.mark.parametrize(("table", "column", "ident"), ROWS, ids=[row[0] for row in ROWS])
def test_a_row_without_an_odometer_that_is_loaded_changes_nothing(
    staged: Connection, table: str, column: str, ident: str
) -> None:
    staged.execute(WITHOUT.format(table=table, column=column).encode(), (ident,))
    load_staged(staged)
    assert quarantined(staged) == [] and causes(staged) == []


@pytest.mark.parametrize(("table", "column", "ident"), ROWS, ids=[row[0] for row in ROWS])
def test_a_row_without_an_odometer_in_quarantine_loses_no_reading(
    staged: Connection, table: str, column: str, ident: str
) -> None:
    staged.execute(WITHOUT.format(table=table, column=column).encode(), (ident,))
    staged.execute(REFUSED.format(table=table).encode(), (NOBODY, ident))
    load_staged(staged)
    assert quarantined(staged) == [ident] and causes(staged) == []


@pytest.mark.parametrize(("table", "column", "ident"), ROWS, ids=[row[0] for row in ROWS])
def test_a_row_without_an_odometer_that_goes_later_loses_no_reading(
    staged: Connection, table: str, column: str, ident: str
) -> None:
    staged.execute(WITHOUT.format(table=table, column=column).encode(), (ident,))
    load_staged(staged)
    staged.execute("DELETE FROM public.vehicle_events WHERE id = %s", (ident,))
    assert causes(staged) == []


@pytest.mark.parametrize(("table", "column", "ident"), ROWS, ids=[row[0] for row in ROWS])
def test_the_same_row_with_its_odometer_is_lost(
    staged: Connection, table: str, column: str, ident: str
) -> None:
    staged.execute(f"UPDATE legacy.{table} SET {column} = 20000 WHERE id = %s", (ident,))
    staged.execute(REFUSED.format(table=table).encode(), (NOBODY, ident))
    load_staged(staged)
    assert quarantined(staged) == [ident] and causes(staged) == ["lost"]
