"""What the faults are planted in: a source with rich rows, its stage and its finished load."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from motomind_nb import legacy, runs
from motomind_nb.desk import opening
from motomind_nb.postgres import Server, connect, rows

RICH = Path(__file__).resolve().parent / "rich_rows.sql"
VARIABLE = "MOTOMIND_MUTANTS_SOURCE"
STAGED, LOADED = "template_mutants_staged", "template_mutants_loaded"
COLUMNS = """
SELECT class.relname AS table, attribute.attname AS column,
    format_type(attribute.atttypid, NULL) AS type
FROM pg_class AS class
JOIN pg_attribute AS attribute ON attribute.attrelid = class.oid
WHERE class.relnamespace = %(schema)s::regnamespace AND class.relkind IN ('r', 'p', 'v', 'm')
    AND attribute.attnum > 0 AND NOT attribute.attisdropped
ORDER BY class.relname, attribute.attnum
"""


@dataclass(frozen=True)
class States:
    """The run whose folder holds the evidence, and the two templates on the server."""

    server: Server
    folder: Path
    source: str

    @property
    def facts(self) -> dict[str, str]:
        """What another process needs to work on clones of the templates."""
        return {
            "folder": str(self.folder),
            "socket": str(self.server.socket),
            "source": self.source,
        }


def make_states(server: Server, folder: Path) -> States:
    """Make the source, run it up to the finished load, keep stage and load as templates."""
    source = server.new_database("mutants_source")
    with connect(source) as connection:
        legacy.create_sample(connection, "traps")
        connection.execute(RICH.read_bytes())
    os.environ[VARIABLE] = source
    os.environ[runs.SOCKET_VARIABLE] = str(server.socket)
    run = runs.create_run(folder, runs.Source.parse(f"env:{VARIABLE}"), runs.Embedded())
    server.new_database(run.database_name)
    opening.run_stage_without_notebook(run, "01_profile")
    server.create_database(STAGED, run.database_name)
    opening.run_stage_without_notebook(run, "02_rebuild")
    server.create_database(LOADED, run.database_name)
    return States(server, run.folder, source)


def types_of(server: Server, schemas: tuple[str, ...]) -> dict[str, dict[str, str]]:
    """Relation -> column -> type, of some schemas of the finished load; the first one wins."""
    found: dict[str, dict[str, str]] = {}
    with connect(server.conninfo(LOADED)) as connection:
        for schema in reversed(schemas):
            held: dict[str, dict[str, str]] = {}
            for row in rows(connection, COLUMNS.encode(), {"schema": schema}):
                held.setdefault(row["table"], {})[row["column"]] = row["type"]
            found |= held
    return found
