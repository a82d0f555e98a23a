"""02: the rebuilt schema is made and every staged row loaded, in one transaction."""

from __future__ import annotations

import pandas as pd

from motomind_nb import load, rebuilt
from motomind_nb.postgres import query
from motomind_nb.runs import Run, keeps_errors
from motomind_nb.stages import record


@keeps_errors
def rebuild_and_load(run: Run) -> pd.DataFrame:
    """Make the rebuilt schema and load every staged row; return the findings of the load.

    Writes: schemas public, private and audit of the target, all or nothing.
    Raises: Refused when the stage is not proved or anything of the schema exists.
    """
    run.require("01_profile")
    with run.connect() as connection:
        rebuilt.create_tables(connection, load.event_years(connection))
        decisions = load.load_staged_rows(connection)
        rebuilt.add_keys_and_rules(connection)
        found = record.store_findings(connection, run, "load", decisions)
    with run.connect(autocommit=True) as connection:
        connection.execute(query("stages/analyze"))
    run.complete("02_rebuild")
    return found
