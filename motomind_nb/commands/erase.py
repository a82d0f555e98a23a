"""``motomind erase``: one tenant goes, legally and logged."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from motomind_nb.commands import console
from motomind_nb.commands.options import Rebuilt, RunsFolder
from motomind_nb.core import as_one_line


def erase(
    tenant: Annotated[str, typer.Option(help="The tenant's id.")],
    yes: Annotated[str, typer.Option(help="The tenant's name, to confirm.")],
    target: Rebuilt,
    reason: Annotated[str, typer.Option(help="Why, for the log.")],
    runs: RunsFolder = Path("runs"),
) -> None:
    """Erase a whole tenant (legal erasure) in one transaction and list what still holds its data.

    Owner role only. The log keeps id, time, operator, reason and counts, no personal values.
    """
    with console.print_errors_and_exit():
        from motomind_nb import postgres, rebuilt

        with postgres.connect(postgres.conninfo(target)) as connection:
            counts = rebuilt.erase_tenant(connection, tenant, yes, reason)
        console.print_line(
            f"tenant {tenant}: {sum(counts.values()):,} rows erased from {len(counts)} tables"
        )
        for folder in (
            runs,
            postgres.motomind_home() / "clusters",
            postgres.motomind_home() / "logs",
        ):
            for path in _parts_holding(folder, tenant):
                console.print_line(f"still holds its data, delete it too: {as_one_line(path)}")


def _parts_holding(folder: Path, tenant: str) -> list[Path]:
    """Return what directly in a folder (runs, clusters, logs) still names the tenant. Reads only.

    A folder that is itself a run is one part.
    """
    from motomind_nb import rebuilt

    held = rebuilt.files_naming_tenant([folder], tenant)
    if held and (folder / "run.json").exists():
        return [folder]
    return list(dict.fromkeys(folder / path.relative_to(folder).parts[0] for path in held))
