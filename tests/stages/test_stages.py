"""The stages: they look without writing, and what they refuse leaves nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from motomind_nb import postgres, runs, stages
from motomind_nb.core import CheckFailed, Refused
from motomind_nb.runs import Run
from motomind_nb.stages import start


def test_a_notebook_can_only_read_through_its_reading_connection(
    run_before: Callable[[str], Run],
) -> None:
    with (
        stages.read_only_connection(run_before("03_row_counts")) as connection,
        pytest.raises(psycopg.errors.ReadOnlySqlTransaction),
    ):
        connection.execute("CREATE TABLE public.written (id integer)")


def test_a_stage_that_is_not_proved_leaves_the_target_empty(
    run_before: Callable[[str], Run],
) -> None:
    run = run_before("01_profile")
    stages.back_up(run)
    (run.backup / "tables" / "vehicles.csv.zst").write_bytes(b"damaged")
    with pytest.raises(Refused, match="vehicles"):
        stages.stage_backup(run)
    error = run.stored_error()
    assert isinstance(error, Refused) and "vehicles" in error.subject
    with run.connect() as connection:
        found = connection.execute("SELECT nspname FROM pg_namespace WHERE nspname = 'legacy'")
        assert found.fetchall() == []


ENTRY = """[[accepted]]
check = "outside dependent"
subject = "{subject}"
handled = "rebind"
reason = "made anew with the rebuilt tables"
until = 2999-12-31
"""


def test_a_dependent_from_outside_fails_until_it_is_handled(
    run_before: Callable[[str], Run],
) -> None:
    run = run_before("01_profile")
    with postgres.connect(run.source_conninfo()) as connection:
        connection.execute('CREATE SCHEMA "Billing"')
        connection.execute('CREATE VIEW "Billing".cars AS SELECT id FROM public.vehicles')
    try:
        stages.back_up(run)
    finally:
        with postgres.connect(run.source_conninfo()) as connection:
            connection.execute('DROP SCHEMA "Billing" CASCADE')
    stages.stage_backup(run)
    stages.take_profile(run)
    found = stages.findings_of(run, "profile")
    with pytest.raises(CheckFailed, match=r'outside dependent: view "Billing"\.cars') as raised:
        stages.require_passed(run, found)
    assert raised.value.found == "depends on vehicles"
    for subject, passes in (("view elsewhere.*", False), ('view \\"Billing\\".cars', True)):
        (run.folder / stages.ACCEPT_FILE).write_text(ENTRY.format(subject=subject))
        stages.take_profile(run)
        found = stages.findings_of(run, "profile")
        if passes:
            assert stages.require_passed(run, found).startswith("passed")
        else:
            with pytest.raises(CheckFailed):
                stages.require_passed(run, found)
    (kept,) = found[found.check == "outside dependent"].to_dict("records")
    assert (kept["status"], kept["accepted"]) == ("fail", "made anew with the rebuilt tables")


def test_a_disk_without_room_is_refused_before_anything_is_written(
    sample_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control needs little and begins; one that needs more than any disk has does not."""
    monkeypatch.setenv("DEPOT", sample_database)
    run = runs.create_run(tmp_path, runs.LiveDatabase("env:DEPOT"), runs.Embedded())
    start.refuse_space(run)
    monkeypatch.setattr(start, "LEAST_SPACE", 1 << 60)
    with pytest.raises(Refused, match="MB of free space") as refused:
        start.refuse_space(run)
    assert "MOTOMIND_HOME" in refused.value.action
