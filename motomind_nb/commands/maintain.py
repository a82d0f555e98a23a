"""``motomind maintain``: the rebuilt database's regular jobs."""

from __future__ import annotations

import typer

from motomind_nb.commands import console
from motomind_nb.commands.options import Rebuilt


def maintain(target: Rebuilt) -> None:
    """Do the rebuilt database's regular jobs once: refresh the timeline, make partitions, watch.

    For a scheduler (cron, systemd, GitHub Actions) where pg_cron is missing.
    """
    with console.print_errors_and_exit():
        from motomind_nb import postgres, rebuilt

        with postgres.connect(postgres.conninfo(target), autocommit=True) as connection:
            findings = rebuilt.run_maintenance(connection)
        console.print_findings(findings)
    raise typer.Exit(1 if any(item.status == "fail" for item in findings) else 0)
