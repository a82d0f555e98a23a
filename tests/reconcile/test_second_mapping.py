"""The second mapping: a table beside the projections, and what it says of wrong ones."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest
from conftest import in_shared
from filled import filled_template
from loads import load_staged, loaded_template
from wrong_projections import WRONG, Wrong, in_place_of_right_ones

from motomind_nb.core import Finding
from motomind_nb.legacy import catalog, mapping_lines
from motomind_nb.load import projections
from motomind_nb.postgres import Server, query_names, query_text
from motomind_nb.reconcile.columns import second_mapping_findings

PAIR = "('40000000-0000-4000-8000-000000000001', '40000000-0000-4000-8000-000000000002')"


@pytest.fixture(scope="module")
def right(server: Server) -> list[Finding]:
    """What the second mapping says of a filled source that is loaded as it should be."""
    return told_of(server, [])


@pytest.fixture(scope="module")
def wrong(server: Server) -> dict[str, Finding]:
    """What it says that is not ok when all of WRONG is loaded at once, by subject."""
    return {item.subject: item for item in told_of(server, WRONG.values()) if item.status != "ok"}


def told_of(server: Server, wrong: Iterable[Wrong]) -> list[Finding]:
    """What the second mapping says of a filled source loaded by wrong projections."""
    with (
        pytest.MonkeyPatch.context() as patch,
        in_place_of_right_ones(wrong, patch),
        in_shared(server, filled_template(server)) as connection,
    ):
        load_staged(connection)
        return list(second_mapping_findings(connection))


def test_right_projections_pass(right: list[Finding]) -> None:
    assert [item for item in right if item.status != "ok"] == []
    assert len({item.subject for item in right}) == len(right) > 230


def test_nothing_else_is_told(wrong: dict[str, Finding]) -> None:
    assert set(wrong) == set(WRONG)
    assert {item.status for item in wrong.values()} == {"fail"}


@pytest.mark.parametrize("subject", WRONG)
def test_a_wrong_projection_is_told(wrong: dict[str, Finding], subject: str) -> None:
    assert subject in wrong
    if not subject.endswith(": rows"):
        assert re.search(r"\d+ rows? differs?, for example ", wrong[subject].detail)


def test_a_finding_shows_both_values_but_no_personal_ones(wrong: dict[str, Finding]) -> None:
    assert "(hidden) became (hidden)" in wrong["users.email: email"].detail
    assert "@" not in wrong["users.email: email"].detail
    assert "completed became dismissed" in wrong["reminders.status: status"].detail
    assert re.search(r"\d\.250 became \d+\.3\b", wrong["fuel_logs.gallons: payload.gallons"].detail)


def test_right_loads_of_the_samples_pass(server: Server) -> None:
    for data in ("sample", "traps"):
        with in_shared(server, loaded_template(server, data)) as connection:
            assert [
                item for item in second_mapping_findings(connection) if item.status != "ok"
            ] == []


def test_two_rows_that_exchange_a_value_differ(server: Server) -> None:
    with in_shared(server, loaded_template(server, "sample")) as connection:
        connection.execute("SET LOCAL session_replication_role = replica")
        connection.execute(
            "UPDATE public.vehicles AS v SET model = o.model FROM public.vehicles AS o"
            f" WHERE v.id IN {PAIR} AND o.id IN {PAIR} AND o.id <> v.id"
        )
        found = [item for item in second_mapping_findings(connection) if item.status != "ok"]
    assert [item.subject for item in found] == ["vehicles.model: model"]
    before, after = (text.partition(", sum") for text in (found[0].expected, found[0].found))
    assert before[0] == after[0] and before[2] != after[2]


def test_a_payload_key_with_the_name_of_a_column_is_one_that_the_mapping_does_not_know(
    server: Server,
) -> None:
    with in_shared(server, loaded_template(server, "sample")) as connection:
        connection.execute("SET LOCAL session_replication_role = replica")
        connection.execute(
            "UPDATE public.vehicle_events SET payload = payload || '{\"vehicle_id\": null}'"
        )
        found = {item.subject: item.status for item in second_mapping_findings(connection)}
    failed = {subject for subject, status in found.items() if status != "ok"}
    others = {
        f"{name}.(new): payload.*" for name in catalog.EVENT_SOURCES if name != "vehicle_events"
    }
    assert failed == {*others, "vehicle_events.payload: payload"}


def test_every_column_has_one_line_and_every_target_column_too(server: Server) -> None:
    mapped = [*catalog.KEPT, *catalog.FOLDED, "memberships"]
    assert sorted(mapping_lines()) == sorted(mapped)
    with in_shared(server, loaded_template(server, "sample")) as connection:
        held = {item.source: set(item.columns(connection)) for item in projections()}
    for source, lines in mapping_lines().items():
        item = catalog.objects()[source]
        named = [line.source_column for line in lines if line.source_column]
        assert sorted(named) == sorted(column.name for column in item.columns)
        for line in lines:
            assert line.target_table == (item.target or f"public.{source}")
            if line.source_column:
                column = item.column(line.source_column)
                assert line.targets == column.targets
                assert line.is_archived == (column.fate == "archived")
                if line.conversion == "value map":
                    assert line.values == column.values
            if line.is_archived or not line.source_column:
                assert line.reason
        targets = [target for line in lines for target in line.targets]
        assert len(targets) == len(set(targets))
        filled = {"payload" if target.startswith("payload.") else target for target in targets}
        assert {name for name in filled if not name.startswith("legacy_row.")} == held[source]


def test_each_conversion_of_the_table_is_a_query_and_each_query_is_used() -> None:
    used = {
        line.conversion.replace(" ", "_")
        for lines in mapping_lines().values()
        for line in lines
        if not line.is_archived
    }
    names = query_names("reconcile/columns/conversions")
    assert used == {name.rpartition("/")[2] for name in names}


def lines_of(name: str) -> set[str]:
    """The lines of a query that say something: no comments, no lone column or key word."""
    found = (line.strip().rstrip(",") for line in query_text(name).splitlines())
    return {line for line in found if not line.startswith("--") and len(line) > 20}


def test_it_shares_no_line_with_the_projections() -> None:
    folders = ("rows", "held", "conversions", "sums", "keys", ".")
    own = [name for folder in folders for name in query_names(f"reconcile/columns/{folder}")]
    others = [*query_names("load/projections"), "load/tenant_of_user"]
    assert own
    theirs = set().union(*map(lines_of, others))
    assert set().union(*map(lines_of, own)) & theirs == set()
