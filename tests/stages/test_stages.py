"""The stages: they look without writing, and what they refuse leaves nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from conftest import clone

from motomind_nb import backup, postgres, runs, stages
from motomind_nb.core import CheckFailed, Finding, Refused
from motomind_nb.postgres import Server
from motomind_nb.runs import Run, Source
from motomind_nb.stages import rebuild, record, start


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


def test_what_the_run_made_has_statistics_and_is_seen_by_all_and_nothing_else(
    run_before: Callable[[str], Run],
) -> None:
    run = run_before("02_rebuild")
    with run.connect() as connection:
        connection.execute('CREATE TABLE public."Depot notes" AS SELECT 1 AS bay')
    stages.rebuild_and_load(run)
    with run.connect() as connection:
        found = connection.execute(
            "SELECT DISTINCT schemaname || '.' || tablename FROM pg_stats"
            " WHERE schemaname IN ('public', 'private', 'legacy')"
        ).fetchall()
        pages = connection.execute(
            "SELECT relname::text, relallvisible FROM pg_class WHERE relname = 'Depot notes'"
            " OR oid IN ('vehicle_events_2025'::regclass, 'private.event_source'::regclass,"
            " 'private.timeline'::regclass, 'vehicles'::regclass, 'legacy.fuel_logs'::regclass)"
        ).fetchall()
    told = {row[0] for row in found}
    assert "public.Depot notes" not in told
    assert {"public.vehicle_events", "private.timeline", "legacy.fuel_logs"} <= told
    seen = dict(pages)
    assert seen.pop("Depot notes") == 0
    assert len(seen) == 5
    assert all(seen.values()), seen
    # a table that somebody holds is left out
    with run.connect() as holder, run.connect(autocommit=True) as connection:
        holder.execute("LOCK TABLE vehicles IN SHARE MODE")
        connection.execute("SET lock_timeout = '1s'")
        rebuild.vacuum_loaded(connection)


ENTRY = """[[accepted]]
check = "outside dependent"
subject = "{subject}"
rows = {rows}
digest = "{digest}"
handled = "rebind"
reason = "made anew with the rebuilt tables"
by = "Ines"
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
    found = stages.read_stage_findings(run, "profile")
    with pytest.raises(CheckFailed, match=r'outside dependent: view "Billing"\.cars') as raised:
        stages.require_passed(run, found)
    assert raised.value.found == "depends on vehicles"
    for subject, passes in (("view elsewhere.*", False), ('view \\"Billing\\".cars', True)):
        (dependent,) = found[found.check == "outside dependent"].to_dict("records")
        bound = {"rows": dependent["rows"], "digest": dependent["digest"]}
        (run.folder / stages.ACCEPT_FILE).write_text(ENTRY.format(subject=subject, **bound))
        stages.take_profile(run)
        found = stages.read_stage_findings(run, "profile")
        if passes:
            assert stages.require_passed(run, found).startswith("passed")
        else:
            with pytest.raises(CheckFailed):
                stages.require_passed(run, found)
    (kept,) = found[found.check == "outside dependent"].to_dict("records")
    assert kept["status"] == "fail"
    assert kept["accepted"] == "made anew with the rebuilt tables (Ines, until 2999-12-31)"


def altered(run: Run, *statements: str) -> None:
    """Change the source of a run."""
    with postgres.connect(run.source_conninfo()) as connection:
        for statement in statements:
            connection.execute(statement.encode())


KEYLESS = {
    "doubled": (
        (
            "ALTER TABLE service_records DROP CONSTRAINT service_records_pkey",
            "INSERT INTO service_records SELECT * FROM service_records",
        ),
        ["service_records a0000000-0000-4000-8000-00000000000"],
    ),
    "no key at all": (
        (
            "ALTER TABLE fuel_logs DROP CONSTRAINT fuel_logs_pkey",
            "ALTER TABLE fuel_logs ALTER id DROP NOT NULL",
            "ALTER TABLE fuel_logs REPLICA IDENTITY FULL",
            "UPDATE fuel_logs SET id = NULL",
        ),
        ["fuel_logs without a key (2 rows)"],
    ),
    "half a key": (
        (
            "ALTER TABLE memberships DROP CONSTRAINT memberships_pkey",
            "ALTER TABLE memberships ALTER user_id DROP NOT NULL",
            "INSERT INTO memberships (tenant_id, role) SELECT tenant_id, 'viewer' FROM memberships",
        ),
        ["memberships without a key (1 row)"],
    ),
}


@pytest.fixture
def own_source(
    run_before: Callable[[str], Run], server: Server, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Run]:
    """A run just before 01_profile whose source is a database of its own, named by a variable."""
    run = run_before("01_profile")
    for conninfo in clone(server, "source"):
        monkeypatch.setenv("OWN_SOURCE", conninfo)
        yield replace(run, source=Source.parse("env:OWN_SOURCE"))


@pytest.mark.parametrize("name", KEYLESS)
def test_keys_that_name_no_row_or_two_refuse_with_all_of_them(own_source: Run, name: str) -> None:
    statements, named = KEYLESS[name]
    altered(own_source, *statements)
    stages.back_up(own_source)
    with pytest.raises(Refused) as refused:
        stages.stage_backup(own_source)
    for text in named:
        assert text in refused.value.found
    listed = (own_source.folder / "faulty_keys.csv").read_text().splitlines()[1:]
    assert len(listed) == refused.value.found.count("row")
    with own_source.connect() as connection:
        assert not postgres.value(connection, b"SELECT to_regnamespace('legacy') IS NOT NULL")


def test_a_source_without_a_primary_key_but_with_good_keys_is_staged(own_source: Run) -> None:
    altered(own_source, "ALTER TABLE fuel_logs DROP CONSTRAINT fuel_logs_pkey")
    stages.back_up(own_source)
    found = stages.stage_backup(own_source)
    assert "fail" not in set(found["status"])
    assert not (own_source.folder / "faulty_keys.csv").exists()


OBJECTS = (
    "CREATE SCHEMA storage",
    "CREATE TABLE storage.objects (id uuid DEFAULT gen_random_uuid(), bucket_id text, name text)",
    "UPDATE vehicle_images SET storage_path = 'plain.png', public_url ="
    " 'https://x.example.org/storage/v1/object/public/Pictures/a%20b/caf%C3%A9.png?v=1'",
)
FILES = {
    "the path": ("Other", "plain.png", "ok"),
    "the URL as it is meant": ("Pictures", "a b/café.png", "ok"),
    "the URL as it is written": ("Pictures", "a%20b/caf%C3%A9.png", "ok"),
    "another bucket": ("pictures", "a b/café.png", "warn"),
    "nothing": ("Pictures", "gone", "warn"),
}


@pytest.mark.parametrize("name", FILES)
def test_an_image_whose_path_and_url_lead_to_no_file_is_named(own_source: Run, name: str) -> None:
    bucket, stored, status = FILES[name]
    values = f"DEFAULT, '{bucket}', '{stored}'"
    altered(own_source, *OBJECTS, f"INSERT INTO storage.objects VALUES ({values})")
    found = list(backup.check_images_are_stored(own_source.source_conninfo()))
    assert [item.status for item in found] == [status]
    assert status == "ok" or found[0].found == "1 image leads to no file"
    assert status == "ok" or "60000000-0000-4000-8000-000000000001" in found[0].detail


def test_without_a_list_of_files_nothing_is_said_of_them(own_source: Run) -> None:
    assert list(backup.check_images_are_stored(own_source.source_conninfo())) == []
    altered(own_source, "CREATE SCHEMA storage", "CREATE TABLE storage.objects (id uuid)")
    assert list(backup.check_images_are_stored(own_source.source_conninfo())) == []


def test_the_profile_names_images_and_views_that_fail(own_source: Run) -> None:
    altered(
        own_source,
        *OBJECTS,
        "CREATE OR REPLACE VIEW mv_health_freshness AS SELECT ''::text AS view_name,"
        " count(*) / 0 AS total_records, now() AS \"current_time\", ''::text AS freshness_note"
        " FROM vehicle_health_scores",
    )
    stages.back_up(own_source)
    stages.stage_backup(own_source)
    stages.take_profile(own_source)
    found = stages.read_stage_findings(own_source, "profile").set_index(["check", "subject"])
    assert found.loc[("images lead to files", "vehicle_images"), "found"] == (
        "1 image leads to no file"
    )
    failing = found.loc[("view can be evaluated", "mv_health_freshness")]
    assert failing["status"] == "warn" and "division by zero" in failing["detail"]


def test_only_the_view_of_the_server_s_statistics_fails_in_the_sample(
    run_before: Callable[[str], Run],
) -> None:
    found = stages.read_stage_findings(run_before("02_rebuild"), "profile")
    views = found[found["check"] == "view can be evaluated"]
    assert views["subject"].tolist() == ["performance_dashboard"]
    assert "images lead to files" not in set(found["check"])


SECRETS = [
    "postgresql://owner:hunter2@db.example.org/app",
    "password=hunter2",
    "Authorization: Bearer hunter2",
    "eyJhbGciOiJIUzI1NiJ9.eyJyb2xlIjoieCJ9.hunter2",
]


@pytest.mark.parametrize("secret", SECRETS)
def test_no_stored_finding_holds_a_secret_or_an_escape_sequence(
    run_before: Callable[[str], Run], secret: str
) -> None:
    run = run_before("06_report")
    said = Finding("check", f"\x1b[2J{secret}", secret, f"it was {secret} here", "warn", secret)
    plain = Finding("check", "tab\tand مركبة", "a", "b", "warn", "c")
    with run.connect() as connection:
        frame = record.store_findings(connection, run, "mileage", [said, plain])
        held = postgres.rows(connection, b"SELECT * FROM audit.finding WHERE stage = 'mileage'")
    kept = (run.folder / "evidence" / "findings" / "mileage.json").read_text()
    for text in (kept, frame.to_csv(), str(held)):
        assert "hunter2" not in text and "\x1b" not in text and "hidden" in text
    assert frame["subject"].tolist()[1] == "tab\tand مركبة"


def test_a_disk_without_room_is_refused_before_anything_is_written(
    sample_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control needs little and begins; one that needs more than any disk has does not."""
    monkeypatch.setenv("DEPOT", sample_database)
    run = runs.create_run(tmp_path, runs.LiveDatabase("env:DEPOT"), runs.Embedded())
    start.refuse_too_little_space(run)
    monkeypatch.setattr(start, "LEAST_SPACE", 1 << 60)
    with pytest.raises(Refused, match="MB of free space") as refused:
        start.refuse_too_little_space(run)
    assert "MOTOMIND_HOME" in refused.value.action
