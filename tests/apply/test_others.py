"""Others at work: readers, writers, a second apply, a database that is handed out by a host."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
import targets
from in_place import VARIABLE, Fleet, accepting, fleet, patience, refusal, rehearsed
from pooler import pooled
from psycopg.conninfo import make_conninfo

from motomind_nb import apply, legacy
from motomind_nb.apply import acts
from motomind_nb.postgres import Server, connect, value


@pytest.fixture(scope="module")
def held(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fleet]:
    """A legacy database that stays one."""
    with fleet(server, tmp_path_factory.mktemp("runs"), "fleet_of_others") as one:
        yield one


def hurried(held: Fleet) -> apply.Act:
    """An apply that tries for locks for a moment only."""
    return apply.Act("hurried", held.plan().token, 0.6)


@pytest.mark.parametrize(
    ("statement", "where"),
    [
        ("SELECT count(*) FROM vehicles", "a reader stops the switch"),
        ("UPDATE reminders SET title = title", "a writer stops the first lock"),
    ],
)
def test_who_stands_in_the_way_is_named_and_nothing_changes(
    held: Fleet, statement: str, where: str
) -> None:
    before = held.dump()
    with connect(held.conninfo) as other:
        other.execute(statement)
        pid = other.info.backend_pid
        act = hurried(held)
        said = refusal(lambda: apply.carry_out(held.conninfo, held.request(), act))
        assert f"session {pid} of postgres" in said.found, where
        other.execute("SELECT count(*) FROM vehicle_events")  # it goes on, and is no victim
    assert held.dump() == before and held.state() == "legacy"


def test_readers_go_on_while_the_rebuilt_tables_are_made(held: Fleet) -> None:
    heard: list[str] = []

    def tell(_name: str, _done: int, _total: int) -> None:
        with connect(held.conninfo) as reader:
            reader.execute("SET LOCAL lock_timeout = '100ms'")
            try:
                reader.execute("SELECT count(*) FROM public.vehicles")
                heard.append("read")
            except psycopg.errors.LockNotAvailable:
                heard.append("waits")

    act = apply.Act("watched", tell=tell)
    carried = apply.carry_out(held.conninfo, held.request(), act)
    steps = list(carried.seconds)
    at = steps.index("switch")
    assert heard == ["read"] * at + ["waits"] * (len(steps) - at)


STUBBORN = (
    "CREATE SCHEMA watch",
    "CREATE FUNCTION watch.stop() RETURNS event_trigger LANGUAGE plpgsql AS"
    " $$ BEGIN RAISE EXCEPTION 'none of {these} on a 100%% weekday'; END $$",
    "CREATE EVENT TRIGGER stop ON ddl_command_end WHEN TAG IN ('ALTER TABLE')"
    " EXECUTE FUNCTION watch.stop()",
)


def test_an_event_trigger_that_stops_a_statement_is_told_as_such(
    held: Fleet, tmp_path: Path
) -> None:
    accept = tmp_path / "accepted.toml"
    held.execute(*STUBBORN)
    try:
        watched = replace(held, rehearsal=rehearsed(tmp_path))
        before = watched.dump()
        accept.write_text(accepting("event trigger stop", watched, "leave"))
        said = refusal(lambda: watched.apply(accept=accept))
        assert (
            said.subject == "statement of the migration"
            and "{these} on a 100% weekday" in said.found
        )
        assert "watch.stop()" in said.found and watched.dump() == before
    finally:
        held.execute("DROP EVENT TRIGGER stop", "DROP SCHEMA watch CASCADE")


def test_a_second_apply_at_the_same_time_is_refused(held: Fleet) -> None:
    with connect(held.conninfo) as other:
        other.execute("SELECT pg_advisory_xact_lock(hashtext('motomind apply'), 0)")
        act = hurried(held)
        said = refusal(lambda: apply.carry_out(held.conninfo, held.request(), act))
        assert "one that runs" in said.found


WAITING = "SELECT count(*) FROM pg_locks WHERE mode = %(mode)s AND NOT granted"


@pytest.mark.parametrize(
    ("held_by", "mode"),
    [
        pytest.param("ROW EXCLUSIVE", "ShareRowExclusiveLock", id="writer"),
        pytest.param(
            "ACCESS SHARE", "AccessExclusiveLock", id="reader", marks=pytest.mark.campaign
        ),
    ],
)
def test_crossed_locks_make_the_apply_give_way_and_never_the_application(
    held: Fleet, tmp_path: Path, held_by: str, mode: str
) -> None:
    """The application has what is locked last and wants what is locked first."""
    lock = f"LOCK TABLE {{}} IN {held_by} MODE"  # as an UPDATE or a SELECT takes it
    first, last = acts.OLD_TABLES[0], acts.OLD_TABLES[-1]
    settings = f"ALTER DATABASE {held.execute('SELECT current_database()')[0][0]}"
    held.execute(f"{settings} SET deadlock_timeout = '200ms'")  # the server looks early
    try:
        act = apply.Act(f"crossed-{mode}", held.plan().token, 20.0)
        with ThreadPoolExecutor(1) as threads, connect(held.conninfo) as application:
            application.execute(lock.format(last).encode())
            done = threads.submit(apply.carry_out, held.conninfo, held.request(), act)
            with connect(held.conninfo, autocommit=True) as watching:
                while not value(watching, WAITING, {"mode": mode}):
                    assert not done.done(), done.exception()
            application.execute(lock.format(first).encode())  # no deadlock is reported to it
            application.commit()
            assert done.result().committed and done.result().failed_tries
        held.roll_back(tmp_path)
    finally:
        held.execute(f"{settings} RESET deadlock_timeout")


def test_a_pooler_in_transaction_mode_is_told_and_stops_nothing(
    held: Fleet, tmp_path: Path
) -> None:
    before = held.dump()
    name = held.execute("SELECT current_database()")[0][0]
    direct = held.plan()
    assert "connection" not in {item.subject for item in direct.warnings}
    with pooled(held.server) as place:
        through = replace(held, conninfo=f"{place} dbname={name}")
        with connect(through.conninfo, autocommit=True) as connection:
            sessions = [value(connection, "SELECT pg_backend_pid()") for _ in range(4)]
        assert sessions[0] != sessions[1]  # it is one: each transaction runs in another session
        act = apply.Act("pooled", direct.token)
        carried = apply.carry_out(through.conninfo, through.request(), act)
        assert carried.committed and carried.plan.token == direct.token
        assert "connection" in {item.subject for item in carried.plan.warnings}
        with connect(through.conninfo) as connection:
            assert apply.changes_since(connection).written == {}
        through.execute("INSERT INTO public.tenants (name) VALUES ('Since')")
        through.roll_back(tmp_path, carry=True)
    held.execute("DELETE FROM public.tenants WHERE name = 'Since'")
    assert held.dump() == before and held.state() == "rolled back"


def test_settings_of_the_role_cut_nothing(held: Fleet, tmp_path: Path) -> None:
    settings = ("statement_timeout", "idle_in_transaction_session_timeout", "lock_timeout")
    held.execute(*(f"ALTER ROLE postgres SET {name} = '40ms'" for name in settings))
    try:
        held.apply()
        held.roll_back(tmp_path)
    finally:
        held.execute(*(f"ALTER ROLE postgres RESET {name}" for name in settings))


def test_a_session_that_became_the_owner_must_itself_be_a_member_of_the_api_roles(
    held: Fleet,
) -> None:
    """What a session may become is its own role's matter, whatever role a setting gave to it."""
    owner = held.execute("SELECT current_user")[0][0]
    role = '"no {heir} 100%"'
    held.execute(
        f"CREATE ROLE {role} LOGIN NOINHERIT",
        f"GRANT {owner} TO {role}",
        f"ALTER ROLE {role} SET role = {owner}",
    )
    try:
        other = replace(held, conninfo=make_conninfo(held.conninfo, user=role.strip('"')))
        points = other.plan().open_points
        assert [item.subject for item in points] == ["target"]
        assert all(name in points[0].detail for name in ("anon", "authenticated", role))
        held.execute(*points[0].detail.partition(": ")[2].split(";")[:3])
        assert other.plan().open_points == ()
    finally:
        held.execute(f"DROP ROLE {role}")


def test_what_is_the_customers_in_public_stays_and_stops_nothing(
    server: Server, tmp_path: Path
) -> None:
    own = (
        "CREATE TABLE public.notes (id int PRIMARY KEY, text text)",
        "CREATE FUNCTION public.shout(text) RETURNS text LANGUAGE sql SECURITY DEFINER"
        " AS 'SELECT upper($1)'",
        "GRANT EXECUTE ON FUNCTION public.shout(text) TO anon",
        'CREATE VIEW public."Odd {Name} 100%" AS'
        " SELECT id, '{braces} 100%'::text FROM public.notes",
    )
    with fleet(server, tmp_path, 'Fleet "100%" {odd}') as first:
        first.execute(*own)
        one = Fleet(first.conninfo, server, rehearsed(tmp_path))
        before = one.dump()
        assert one.plan().open_points == ()
        one.apply()
        assert one.execute("SELECT public.shout('a')") == [("A",)]
        one.roll_back(tmp_path)
        assert one.dump() == before


def test_the_owner_of_a_hosted_database_can_do_it_without_being_superuser(tmp_path: Path) -> None:
    with (
        targets.ready(targets.supabase_like) as conninfo,
        pytest.MonkeyPatch.context() as patch,
    ):
        with connect(conninfo) as connection:
            legacy.create_sample(connection, "sample")
        patch.setenv(VARIABLE, conninfo)
        one = Fleet(conninfo, None, rehearsed(tmp_path))  # type: ignore[arg-type]
        accept = tmp_path / "accepted.toml"
        unhandled = [item.subject for item in one.plan().open_points]
        accept.write_text("".join(accepting(subject, one, "leave") for subject in unhandled))
        plan = one.plan(accept=accept)
        assert plan.open_points == ()
        act = apply.Act("hosted", plan.token)
        carried = apply.carry_out(conninfo, one.request(accept=accept), act)
        assert carried.committed and one.state() == "applied"
        assert apply.roll_back(conninfo, apply.Way(tmp_path), patience(5)).plan.rows == 0
