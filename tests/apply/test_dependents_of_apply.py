"""A hosted database with all kinds of dependents: each as it was said, and nothing else changes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import targets
from in_place import (
    VARIABLE,
    Fleet,
    accepting,
    as_host,
    outside,
    patience,
    refusal,
    rehearsed,
)

from motomind_nb import apply, legacy
from motomind_nb.postgres import connect

# of the project's own, made by its owner
OWN = (
    "CREATE SCHEMA billing",
    "CREATE TABLE billing.dues (id int PRIMARY KEY, tenant uuid CONSTRAINT due"
    " REFERENCES public.tenants (id) ON DELETE CASCADE ON UPDATE SET NULL"
    " DEFERRABLE INITIALLY DEFERRED)",
    "COMMENT ON CONSTRAINT due ON billing.dues IS 'who''s to pay {x} 100%'",
    "CREATE TABLE billing.old (tenant uuid)",
    "ALTER TABLE billing.old ADD CONSTRAINT unproved FOREIGN KEY (tenant)"
    " REFERENCES public.tenants (id) NOT VALID",
    'CREATE VIEW billing."Odd cars" WITH (security_barrier = true) AS'
    " SELECT id, tenant_id FROM public.vehicles WITH LOCAL CHECK OPTION",
    """COMMENT ON VIEW billing."Odd cars" IS 'cars'""",
    """COMMENT ON COLUMN billing."Odd cars".id IS 'its id'""",
    'GRANT SELECT (id) ON billing."Odd cars" TO anon',
    'CREATE VIEW billing.of_view AS SELECT id FROM billing."Odd cars"',
    "CREATE VIEW billing.retired AS SELECT id FROM public.audit_log",
    "CREATE MATERIALIZED VIEW billing.counted AS SELECT count(*) AS n FROM public.vehicles",
    "CREATE FUNCTION billing.number() RETURNS bigint LANGUAGE sql"
    " BEGIN ATOMIC SELECT count(*) FROM public.vehicles; END",
    "CREATE FUNCTION public.own_number() RETURNS bigint LANGUAGE sql"
    " BEGIN ATOMIC SELECT count(*) FROM public.garages; END",
    "CREATE FUNCTION billing.label(car public.vehicles) RETURNS uuid LANGUAGE sql"
    " BEGIN ATOMIC SELECT (car).id; END",
    "CREATE FUNCTION billing.by_text() RETURNS bigint LANGUAGE sql"
    " AS 'SELECT count(*) FROM public.users'",
    "CREATE TABLE billing.kept (car public.vehicles)",
    "CREATE TABLE billing.heir () INHERITS (public.uploads)",
    "CREATE PUBLICATION part FOR TABLE public.users WHERE (id IS NOT NULL)",
    "CREATE PUBLICATION plain FOR TABLE public.vehicles, public.audit_log",
)
# of the host's, made by its administrator
HOST = (
    "CREATE POLICY members ON storage.objects USING"
    " (EXISTS (SELECT FROM public.memberships AS m WHERE m.user_id = owner))",
    "CREATE FUNCTION auth.sign_up() RETURNS trigger LANGUAGE plpgsql AS"
    " 'BEGIN INSERT INTO public.users (id) VALUES (NEW.id); RETURN NEW; END'",
    "CREATE TRIGGER sign_up AFTER INSERT ON auth.users FOR EACH ROW"
    " EXECUTE FUNCTION auth.sign_up()",
    "CREATE VIEW auth.cars AS SELECT id FROM public.vehicles",
)
REBIND = ("foreign key", 'view billing."Odd cars"', "function billing.number", "function public.")
ALSO = "DROP MATERIALIZED VIEW billing.counted;" + (
    "CREATE MATERIALIZED VIEW billing.counted AS SELECT count(*) AS n FROM public.vehicles"
)


@pytest.fixture(scope="module")
def hosted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fleet]:
    """A hosted fleet with dependents of every kind, come to as its owner."""
    with (
        targets.ready(targets.supabase_like) as conninfo,
        pytest.MonkeyPatch.context() as patch,
    ):
        with connect(conninfo) as connection:
            legacy.create_sample(connection, "sample")
            for statement in OWN:
                connection.execute(statement)
        targets.execute(as_host(conninfo), *HOST)
        patch.setenv(VARIABLE, conninfo)
        run = rehearsed(tmp_path_factory.mktemp("runs"))
        yield Fleet(conninfo, None, run)  # type: ignore[arg-type]


def without_schema(lines: list[str]) -> list[str]:
    """The statements of a dump in order of their texts, without the name of a moved schema."""
    kept = (line for line in lines if line and not line.startswith("--"))
    return sorted(re.sub(r"\b(public|legacy)\.", "", line) for line in kept)


def accept_file(held: Fleet, folder: Path, *rebound: str) -> Path:
    """An accept file over every dependent: rebind what is named, also the view, leave the rest."""
    entries = []
    for item in held.plan().open_points:
        how = "also" if "counted" in item.subject else "leave"
        how = "rebind" if item.subject.startswith(rebound) else how
        entries.append(accepting(item.subject, held, how))
    path = folder / "accepted.toml"
    path.write_text("".join(entries))
    return path


def test_the_plan_tells_each_dependent_and_what_also_may_begin_with(hosted: Fleet) -> None:
    plan = hosted.plan()
    subjects = [item.subject for item in plan.open_points]
    for name in ("due", "unproved", "Odd cars", "counted", "number", "label", "by_text", "kept"):
        assert any(name in subject for subject in subjects), name
    for name in ("heir", "members", "sign_up", "publication part", "auth.cars", "own_number"):
        assert any(name in subject for subject in subjects), name
    told = {item.subject: item.found for item in plan.warnings}
    assert "CREATE MATERIALIZED VIEW billing.counted" in told["materialized view billing.counted"]
    assert "DROP POLICY members ON storage.objects" in told["policy members on storage.objects"]
    assert "DROP TRIGGER sign_up ON auth.users" in told["trigger sign_up on auth.users"]
    assert "audit_log" in told["publication plain"] and "does not say" in told["disk"]


def test_the_plan_knows_what_cannot_be_bound(hosted: Fleet, tmp_path: Path) -> None:
    wrong = ("view billing.retired", "view auth.cars", "function billing.label")
    accept = accept_file(hosted, tmp_path, *REBIND, *wrong)
    found = {item.subject: item.found for item in hosted.plan(accept=accept, also=ALSO).open_points}
    assert found.pop("view billing.retired") == "audit_log, which it lacks"
    assert found.pop("view auth.cars") == "another's"
    assert [name.split("(")[0] for name in found] == ["function billing.label"]


def test_all_is_as_it_was_said_nothing_else_differs_and_it_comes_back(
    hosted: Fleet, tmp_path: Path
) -> None:
    before, whole = outside(hosted), replace(hosted, conninfo=as_host(hosted.conninfo)).dump()
    choices = {"accept": accept_file(hosted, tmp_path, *REBIND), "also": ALSO}
    plan = hosted.plan(**choices)
    assert plan.open_points == ()
    apply.carry_out(hosted.conninfo, hosted.request(**choices), apply.Act("hosted", plan.token))
    after = outside(hosted)
    assert without_schema(before) == without_schema(after)
    for text in ("due ON billing.dues", "NOT VALID", "Odd cars", "billing.number"):
        assert [line for line in before if text in line] == [
            line for line in after if text in line
        ], text
    members = "SELECT schemaname, tablename FROM pg_publication_tables WHERE pubname = 'plain'"
    assert ("legacy", "audit_log") in hosted.execute(members)
    assert ("public", "vehicles") in hosted.execute(members)

    # what --also bound is the operator's to take away and to make again
    def back() -> apply.Undone:
        return apply.roll_back(hosted.conninfo, apply.Way(tmp_path), patience(5))

    assert "billing.counted" in refusal(back).found
    hosted.execute("DROP MATERIALIZED VIEW billing.counted")
    assert back().plan.rows == 0
    hosted.execute(next(text for text in OWN if "VIEW billing.counted" in text))
    assert replace(hosted, conninfo=as_host(hosted.conninfo)).dump() == whole


def test_a_disabled_key_and_a_taken_name_are_known_before(hosted: Fleet, tmp_path: Path) -> None:
    accept = accept_file(hosted, tmp_path, *REBIND)
    host = as_host(hosted.conninfo)
    targets.execute(
        host,
        "ALTER TABLE billing.dues DISABLE TRIGGER ALL",
        "CREATE TABLE public.mine (id int)",
        "CREATE INDEX vehicle_events_superseded ON public.mine (id)",
    )
    try:
        points = hosted.plan(accept=accept, also=ALSO).open_points
        found = {item.subject: item.found for item in points}
        assert found["foreign key due on billing.dues"] == "disabled ones"
        assert found["public.vehicle_events_superseded"] == "an index"
    finally:
        targets.execute(
            host, "DROP TABLE public.mine", "ALTER TABLE billing.dues ENABLE TRIGGER ALL"
        )


def test_the_token_binds_what_is_accepted(hosted: Fleet, tmp_path: Path) -> None:
    accept = accept_file(hosted, tmp_path)
    token = hosted.plan(accept=accept).token
    assert hosted.plan(accept=accept).token == token
    entry = accept.read_text().split("[[accepted]]")[1]
    other = entry.replace("outside dependent", "mileage").split("handled")[0]
    accept.write_text(accept.read_text() + "[[accepted]]" + other)
    assert hosted.plan(accept=accept).token != token
