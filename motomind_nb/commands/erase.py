"""``motomind erase``: one tenant goes, legally and logged."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from motomind_nb.commands import console
from motomind_nb.commands.options import Rebuilt, RunsFolder


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
    from motomind_nb import postgres, rebuilt

    with console.one_line_errors():
        with postgres.connect(postgres.conninfo(target)) as connection:
            counts = rebuilt.erase_tenant(connection, tenant, yes, reason)
        left = [
            *_parts_holding(runs, tenant),
            *_parts_holding(postgres.home() / "clusters", tenant),
        ]
    console.print_line(
        f"tenant {tenant}: {sum(counts.values()):,} rows erased from {len(counts)} tables"
    )
    for path in left:
        console.print_line(f"still holds its data, delete it too: {path}")


def _parts_holding(folder: Path, tenant: str) -> list[Path]:
    """Return what directly in a folder (run folders, clusters) still names the tenant. Reads only.

    A folder that is itself a run is one part.
    """
    from motomind_nb import rebuilt

    held = rebuilt.files_naming_tenant([folder], tenant)
    if held and (folder / "run.json").exists():
        return [folder]
    return list(dict.fromkeys(folder / path.relative_to(folder).parts[0] for path in held))
