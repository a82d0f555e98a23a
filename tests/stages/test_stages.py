"""The stages: they look without writing, and what they refuse leaves nothing."""

from __future__ import annotations

from collections.abc import Callable

import psycopg
import pytest

from motomind_nb import stages
from motomind_nb.core import Refused
from motomind_nb.runs import Run


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
