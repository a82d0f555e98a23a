"""``motomind sql``: the SQL of the migration as psql reads it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from motomind_nb.commands import console
from motomind_nb.core import MotomindError, naming_path

if TYPE_CHECKING:
    from motomind_nb.postgres import Schemas


def sql(
    name: Annotated[
        str,
        typer.Argument(help="A query, such as load/projections/fuel_logs__vehicle_events."),
    ] = "",
    source_schema: Annotated[str, typer.Option(help="Where the 35 objects are.")] = "legacy",
    target_schema: Annotated[str, typer.Option(help="Where the 7 tables are.")] = "public",
    to: Annotated[
        Path | None, typer.Option(help="A folder that gets the files of the rebuilt schema.")
    ] = None,
) -> None:
    """Print a query for psql, or write the files of the rebuilt schema; without a name, list all.

    Reads and writes no database.
    """
    with console.print_errors_and_exit():
        from motomind_nb import postgres

        try:
            schemas = postgres.Schemas(source_schema, target_schema)
        except ValueError as error:
            said = "two plain names of their own"
            raise MotomindError("schemas", said, str(error), "name others") from None
        if to is not None:
            console.print_line(f"{write_files(to, schemas)} files in {to}")
        elif name:
            console.print_line(postgres.for_psql(find_query_text(name), schemas).rstrip())
        else:
            console.print_line("\n".join(postgres.all_query_names()))


def find_query_text(name: str) -> str:
    """Return the text of a query. Raises: MotomindError when there is none of this name."""
    from motomind_nb import postgres

    if name not in postgres.all_query_names():
        raise MotomindError("query", "a name that motomind sql lists", repr(name), "name one")
    return postgres.query_text(name)


def write_files(folder: Path, schemas: Schemas) -> int:
    """Write the numbered files of the rebuilt schema, filled; return how many there are."""
    from motomind_nb import postgres, rebuilt

    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise MotomindError(
            str(folder), "a new or empty folder", "something there", "name another with --to"
        )
    folder.mkdir(parents=True, exist_ok=True)
    for path in rebuilt.schema_files():
        text = postgres.for_psql(postgres.read_sql(path), schemas)
        with naming_path(folder / path.name):
            (folder / path.name).write_text(text, encoding="utf-8")
    return len(rebuilt.schema_files())
