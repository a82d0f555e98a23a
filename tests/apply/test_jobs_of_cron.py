"""Jobs of a real pg_cron in a hosted database: told before, left as they are, ours go again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import cron
import pytest
import targets
from in_place import VARIABLE, Fleet, accepting, as_host, outside, rehearsed

from motomind_nb import legacy
from motomind_nb.postgres import connect

pytestmark = cron.needed
JOBS = (
    "SELECT cron.schedule('tidy fuel', '0 4 * * 0', 'DELETE FROM public.fuel_logs WHERE false')",
    "SELECT cron.schedule('Röster 100%', '*/5 * * * *',"
    " 'REFRESH MATERIALIZED VIEW CONCURRENTLY vehicle_health_scores')",
    "SELECT cron.schedule('greet', '1 1 1 1 *', 'SELECT 1')",
)
# of the host's administrator: one of a name that the owner has, too, and one of no table of ours
HOST = (
    "SELECT cron.schedule('tidy fuel', '5 4 * * *', 'VACUUM public.users')",
    "SELECT cron.schedule('sweep', '5 4 * * *', 'DELETE FROM auth.users WHERE false')",
)
SHOWN = "SELECT jobid, jobname, username, schedule, command, active FROM cron.job ORDER BY jobid"
OURS = "SELECT DISTINCT username FROM cron.job WHERE jobname LIKE 'motomind-%'"


def test_jobs_are_open_points_left_as_accepted_and_ours_come_and_go(tmp_path: Path) -> None:
    with cron.hosted() as conninfo, pytest.MonkeyPatch.context() as patch:
        with connect(conninfo) as connection:
            legacy.create_sample(connection, "sample")
            for statement in JOBS:
                connection.execute(statement.encode())
        targets.execute(as_host(conninfo), *HOST)
        patch.setenv(VARIABLE, conninfo)
        one = Fleet(conninfo, None, rehearsed(tmp_path))  # type: ignore[arg-type]
        host = replace(one, conninfo=as_host(conninfo))
        before, around, whole = host.execute(SHOWN), outside(one), host.dump()
        points = one.plan().open_points
        told = [item.subject for item in points if "cron" in item.subject]
        assert len({*told}) == len(told) == 3
        for role in ("fleet_owner", "postgres"):
            assert any(name.endswith(f"tidy fuel of {role}") for name in told)
        assert any("Röster 100%" in name for name in told)
        accept = tmp_path / "accepted.toml"
        names = dict.fromkeys(item.subject for item in points)
        accept.write_text("".join(accepting(name, one, "leave") for name in names))
        one.apply(accept=accept)
        assert host.execute(OURS) == [("fleet_owner",)] and host.execute(SHOWN)[:5] == before
        assert outside(one) == around
        one.execute("SELECT cron.alter_job(jobid, active := false) FROM cron.job WHERE jobid = 1")
        one.roll_back(tmp_path)
        after = host.execute(SHOWN)
        assert [job[:5] for job in after] == [job[:5] for job in before]
        # what its owner did since
        assert [job[5] for job in after] == [False, True, True, True, True]
        assert host.dump() == whole
        assert replace(one, rehearsal=rehearsed(tmp_path)).plan(accept=accept).open_points == ()
