"""The sample has the same verdict and findings on every kind of target: effective rights count."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import targets
from audits import audit
from targets import DATABASE, execute, ready

from motomind_nb import rebuilt, runs, stages, staging
from motomind_nb.core import Refused, tables
from motomind_nb.desk import opening
from motomind_nb.postgres import Server, connect, value
from motomind_nb.runs import Embedded, Named, Sample, Target

# what these say is true of the target and not of the migration
ENVIRONMENT = ("environment", "objects of others")
LATER = (
    pytest.param(kind, marks=pytest.mark.campaign)
    for kind in (targets.plain, targets.named_owner, targets.handing_out)
)
KINDS = (targets.supabase_like, *LATER)
WRITTEN = """
SELECT count(*) FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE n.nspname IN ('public', 'legacy', 'private', 'audit')
"""
# what somebody else than the owner and the three roles holds on what the rebuild made
OTHERS = """
SELECT class.oid::regclass::text || ' ' || given.grantee::regrole
FROM pg_class AS class CROSS JOIN LATERAL aclexplode(class.relacl) AS given
WHERE class.relnamespace = ANY (ARRAY['public', 'private', 'audit', 'legacy']::regnamespace [])
    AND given.grantee NOT IN (
        class.relowner, 'anon'::regrole, 'authenticated'::regrole, 'service_role'::regrole
    )
UNION ALL
SELECT routine.oid::regprocedure::text || ' ' || given.grantee::regrole
FROM pg_proc AS routine CROSS JOIN LATERAL
    aclexplode(coalesce(routine.proacl, acldefault('f', routine.proowner))) AS given
WHERE routine.pronamespace IN ('private'::regnamespace, 'legacy'::regnamespace)
    AND given.grantee NOT IN (routine.proowner, 'authenticated'::regrole, 'service_role'::regrole)
"""


@dataclass(frozen=True)
class Rehearsed:
    """A finished run of the sample: its target, its verdict and what it found."""

    conninfo: str
    facts: dict[str, Any]
    findings: Counter[tuple[str, ...]]


def rehearse(folder: Path, target: Target, conninfo: str = "") -> Rehearsed:
    """Do the stages of all notebooks, without kernels."""
    run = runs.create_run(folder, Sample("sample"), target)
    stages.prepare_run(run)
    for notebook in runs.NOTEBOOKS:
        opening.run_stage_without_notebook(run, notebook)
    return left_by(run.folder, conninfo)


def left_by(folder: Path, conninfo: str) -> Rehearsed:
    """What a run left in its folder."""
    found = tables.read_csv(folder / "findings.csv")
    # how many findings the load has depends on the environment; that they are all there does not
    counted = (found.subject == "audit.finding load") & (found.expected == found.found)
    found.loc[counted, ["expected", "found", "digest"]] = "all of them"
    told = Counter(found[~found.check.isin(ENVIRONMENT)].itertuples(index=False, name=None))
    return Rehearsed(conninfo, json.loads((folder / "verdict.json").read_text()), told)


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rehearsed]:
    """The sample on the embedded server."""
    yield rehearse(tmp_path_factory.mktemp("embedded"), Embedded())
    runs.stop_servers()


@pytest.fixture(scope="module", params=KINDS, ids=lambda kind: kind.__name__)
def elsewhere(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Rehearsed]:
    """The sample on a target of each kind, as its owner; once by the command itself."""
    folder = tmp_path_factory.mktemp("elsewhere")
    with ready(request.param) as conninfo, pytest.MonkeyPatch.context() as patch:
        patch.setenv("FLEET", conninfo)
        if request.param is targets.supabase_like:
            yield left_by(audit("sample", folder, "env:FLEET").folder, conninfo)
        else:
            yield rehearse(folder, Named("env:FLEET"), conninfo)
        runs.stop_servers()


def test_the_verdict_is_that_of_the_embedded_server(
    elsewhere: Rehearsed, embedded: Rehearsed
) -> None:
    assert embedded.facts["verdict"] == "passed"
    for name in ("verdict", "objects", "rows", "mileage", "input"):
        assert elsewhere.facts[name] == embedded.facts[name]
    assert elsewhere.facts["checks"]["ok"] == embedded.facts["checks"]["ok"]
    assert elsewhere.facts["checks"]["fail"] == 0


def test_the_findings_are_those_of_the_embedded_server(
    elsewhere: Rehearsed, embedded: Rehearsed
) -> None:
    assert sorted((elsewhere.findings - embedded.findings).elements()) == []
    assert sorted((embedded.findings - elsewhere.findings).elements()) == []


def test_the_rights_are_exactly_those_of_the_file(elsewhere: Rehearsed) -> None:
    with connect(elsewhere.conninfo) as connection:
        compared = rebuilt.compare_rights(connection)
        assert set(compared.status) == {"ok"}
        assert set(compared.works) > {"yes", "no"}
        assert connection.execute(OTHERS).fetchall() == []


def test_a_partition_of_a_later_year_is_closed_from_its_first_moment(elsewhere: Rehearsed) -> None:
    with connect(elsewhere.conninfo) as connection:
        made = value(connection, "SELECT private.create_partitions(2077)::text")
        assert made == "vehicle_events_2077"
        assert connection.execute(OTHERS).fetchall() == []
        may = "SELECT has_any_column_privilege(%(role)s, 'public.vehicle_events_2077', 'SELECT')"
        for role in ("anon", "authenticated", "service_role"):
            assert value(connection, may, {"role": role}) is False
        connection.rollback()


def refusal(kind: Callable[[Server], str], tmp_path: Path, *before: str) -> Refused:
    """How the sample is refused on a target, which stays empty.

    An administrator does ``before``, and then once more all that the refusal asks for; after that
    nothing is refused.
    """
    with ready(kind) as conninfo, pytest.MonkeyPatch.context() as patch:
        patch.setenv("FLEET", conninfo)
        administrator = conninfo.replace("user=fleet_owner", "user=postgres")
        administrator = administrator.replace("user='Night shift'", "user=postgres")
        execute(administrator, *before)
        run = runs.create_run(tmp_path, Sample("sample"), Named("env:FLEET"))
        with pytest.raises(Refused) as raised:
            stages.prepare_run(run)
        with connect(conninfo) as connection:
            assert value(connection, WRITTEN) == 0
        execute(administrator, raised.value.action.partition("run: ")[2])
        with connect(conninfo) as connection:
            staging.refuse_target(connection)
    assert raised.value.exit_code == 3
    return raised.value


def test_an_owner_who_is_no_member_of_the_api_roles_is_refused(tmp_path: Path) -> None:
    refused = refusal(targets.outsider, tmp_path)
    assert 'GRANT service_role TO "Night shift"' in refused.action
    assert "anon, authenticated, service_role" in refused.found


def test_only_the_membership_that_is_missing_is_asked_for(tmp_path: Path) -> None:
    gone = "REVOKE authenticated FROM fleet_owner"
    refused = refusal(targets.supabase_like, tmp_path, gone)
    assert "GRANT authenticated TO fleet_owner" in refused.action
    assert "anon" not in refused.action and "service_role" not in refused.action


def test_a_member_who_may_not_act_as_the_role_is_refused(tmp_path: Path) -> None:
    """Since PostgreSQL 16; before that there is no such member, and being none is the same."""
    denied = """
    DO $$
    BEGIN
        IF current_setting('server_version_num')::integer >= 160000 THEN
            EXECUTE 'GRANT anon TO fleet_owner WITH SET FALSE';
        ELSE
            REVOKE anon FROM fleet_owner;
        END IF;
    END
    $$
    """
    refused = refusal(targets.supabase_like, tmp_path, denied)
    assert "run: GRANT anon TO fleet_owner" in refused.action


def test_an_owner_who_may_not_create_is_refused_with_all_that_is_missing(tmp_path: Path) -> None:
    refused = refusal(
        targets.supabase_like,
        tmp_path,
        f"ALTER DATABASE {DATABASE} OWNER TO supabase_admin",
        "ALTER SCHEMA public OWNER TO supabase_admin",
        "CREATE SCHEMA audit",
    )
    assert f"GRANT CREATE ON DATABASE {DATABASE} TO fleet_owner;" in refused.action
    assert "GRANT USAGE, CREATE ON SCHEMA public TO fleet_owner;" in refused.action
    assert "GRANT USAGE, CREATE ON SCHEMA audit TO fleet_owner;" in refused.action
