"""A source with pg_cron: its jobs name objects, and only their texts tell."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import cron
import pytest

from motomind_nb import backup, legacy, staging
from motomind_nb.postgres import connect
from motomind_nb.profile import objects

pytestmark = cron.needed
TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJyb2xlIjoic2VydmljZSJ9.abc-def"


@pytest.fixture(scope="module")
def source() -> Iterator[str]:
    """The sample in a database whose jobs name an empty table and carry a token."""
    with cron.running() as conninfo:
        with connect(conninfo) as connection:
            legacy.create_sample(connection, "sample")
            for name, command in (
                ("drain", "DELETE FROM image_generation_queue WHERE created_at < now()"),
                ("hook", f"SELECT net.http_post('x', headers := 'Authorization: Bearer {TOKEN}')"),
            ):
                connection.execute("SELECT cron.schedule(%s, '0 3 * * *', %s)", (name, command))
            connection.execute("SELECT cron.schedule('5 * * * *', 'SELECT 1')")
            connection.execute("UPDATE cron.job SET active = false")
            connection.execute("CREATE ROLE reader LOGIN BYPASSRLS")
            connection.execute("GRANT pg_read_all_data TO reader")
            connection.execute("CREATE ROLE plain LOGIN BYPASSRLS")
            connection.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO plain")
        yield conninfo


def jobs(folder: Path) -> dict[str, str]:
    found = backup.read_manifest(folder).definitions
    return {item.name: item.text for item in found if item.kind == "cron job"}


@pytest.mark.parametrize("role", ["postgres", "reader"])
def test_the_jobs_are_in_the_manifest_without_their_tokens(
    source: str, tmp_path: Path, role: str
) -> None:
    backup.take_backup(source.replace("user=postgres", f"user={role}"), tmp_path / "backup")
    found = jobs(tmp_path / "backup")
    assert list(found) == ["drain", "hook", "number 3"]
    assert found["drain"].startswith("inactive 0 3 * * * DELETE FROM image_generation_queue")
    assert "Authorization: (hidden)" in found["hook"] and TOKEN[:9] not in str(found)


def test_jobs_that_the_role_may_not_read_are_no_silence(source: str, tmp_path: Path) -> None:
    backup.take_backup(source.replace("user=postgres", "user=plain"), tmp_path / "backup")
    assert jobs(tmp_path / "backup") == {"(unreadable)": ""}


def test_a_table_that_is_only_called_like_the_jobs_is_none(
    sample_database: str, tmp_path: Path
) -> None:
    with connect(sample_database) as connection:
        connection.execute("CREATE SCHEMA cron")
        connection.execute("CREATE TABLE cron.job (id integer)")
    backup.take_backup(sample_database, tmp_path / "backup")
    assert jobs(tmp_path / "backup") == {}


def test_jobs_of_an_older_version_have_no_names(source: str, tmp_path: Path) -> None:
    with connect(source, autocommit=True) as connection:
        connection.execute("ALTER TABLE cron.job RENAME jobname TO away")
        try:
            backup.take_backup(source, tmp_path / "backup")
        finally:
            connection.execute("ALTER TABLE cron.job RENAME away TO jobname")
    assert list(jobs(tmp_path / "backup")) == ["number 1", "number 2", "number 3"]


def test_an_empty_table_that_a_job_names_is_not_unused(
    source: str, empty_database: str, tmp_path: Path
) -> None:
    backup.take_backup(source, tmp_path / "backup")
    with connect(empty_database) as connection:
        staging.restore_backup(connection, tmp_path / "backup")
        found = objects.empty(connection, backup.read_manifest(tmp_path / "backup"))
    named = found.set_index("object")["named_by"]
    assert "cron job drain" in named["image_generation_queue"]
