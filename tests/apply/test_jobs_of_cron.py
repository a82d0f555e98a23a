"""Jobs of a real pg_cron that name moved objects: told before, left as they are, ours go again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import cron
import pytest
from in_place import VARIABLE, Fleet, accepting, rehearsed

from motomind_nb import legacy
from motomind_nb.postgres import connect

pytestmark = cron.needed
JOBS = (
    "SELECT cron.schedule('tidy fuel', '0 4 * * 0', 'DELETE FROM public.fuel_logs WHERE false')",
    "SELECT cron.schedule('Röster 100%', '*/5 * * * *',"
    " 'REFRESH MATERIALIZED VIEW CONCURRENTLY vehicle_health_scores')",
    "SELECT cron.schedule('greet', '1 1 1 1 *', 'SELECT 1')",
)
SHOWN = "SELECT jobid, jobname, schedule, command, active FROM cron.job ORDER BY jobid"
OURS = "SELECT count(*) FROM cron.job WHERE jobname LIKE 'motomind-%'"


def test_jobs_are_open_points_left_as_accepted_and_ours_come_and_go(tmp_path: Path) -> None:
    with (
        cron.running(max_running_jobs="0") as conninfo,
        pytest.MonkeyPatch.context() as patch,
    ):
        with connect(conninfo) as connection:
            legacy.create_sample(connection, "sample")
            for statement in JOBS:
                connection.execute(statement.encode())
        patch.setenv(VARIABLE, conninfo)
        one = Fleet(conninfo, None, rehearsed(tmp_path))  # type: ignore[arg-type]
        before = one.execute(SHOWN)
        subjects = [item.subject for item in one.plan().open_points]
        assert len(subjects) == 2
        assert any("tidy fuel" in name for name in subjects)
        assert any("Röster 100%" in name for name in subjects)
        accept = tmp_path / "accepted.toml"
        accept.write_text("".join(accepting(name, one, "leave") for name in subjects))
        one.apply(accept=accept)
        assert one.execute(OURS) == [(3,)] and one.execute(SHOWN)[:3] == before
        one.execute("SELECT cron.alter_job(jobid, active := false) FROM cron.job WHERE jobid = 1")
        one.roll_back(tmp_path)
        after = one.execute(SHOWN)
        assert [job[:4] for job in after] == [job[:4] for job in before]
        assert [job[4] for job in after] == [False, True, True]  # what its owner did since
        assert replace(one, rehearsal=rehearsed(tmp_path)).plan(accept=accept).open_points == ()
