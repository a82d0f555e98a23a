"""What notebook 02 shows: the files, a projection, and what the load made."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from motomind_nb import load, rebuilt, reconcile, stages
from motomind_nb.desk import sentences
from motomind_nb.desk.shown import Sentence, attach_sentence
from motomind_nb.postgres import query
from motomind_nb.runs import Run


@dataclass(frozen=True)
class Rebuilt:
    """A loaded target; each table is read when it is asked for. Reads only.

    Columns:
        findings: stage, check, subject, expected, found, status, detail, accepted (text).
    """

    run: Run
    findings: pd.DataFrame

    @cached_property
    def loaded(self) -> pd.DataFrame:
        """How many rows each target table holds. Columns: target, rows."""
        held = self.run.summary(query("desk/loaded"))
        return attach_sentence(
            held, f"{int(held['rows'].sum()):,} rows stand in {len(held)} tables."
        )

    @cached_property
    def disputed(self) -> pd.DataFrame:
        """The disputed readings. Columns: nickname, source, date, miles, reason, vehicle_id."""
        found = self.run.summary(query("desk/disputed"))
        good = "No reading contradicts its history."
        return attach_sentence(
            found, sentences.fault_rows_sentence(found, "disputed reading", good)
        )

    @cached_property
    def made(self) -> pd.DataFrame:
        """What the rebuilt database consists of. Columns: schema, kind, objects."""
        made = self.run.summary(query("desk/made"))
        return attach_sentence(made, f"{int(made['objects'].sum()):,} objects were made.")

    @cached_property
    def quarantine(self) -> pd.DataFrame:
        """Refused rows by rule. Columns: source_table, rule, rows, reason."""
        with stages.read_only_connection(self.run) as connection:
            held = reconcile.quarantine_by_rule(connection)
        return attach_sentence(held, sentences.quarantined_rows_sentence(held))

    @property
    def decisions(self) -> pd.DataFrame:
        """What the load decided by itself."""
        shown = self.findings.drop(columns=["stage", "accepted"])
        return attach_sentence(shown, sentences.finding_counts_sentence(self.findings, "the load"))

    @property
    def answer(self) -> Sentence:
        """The answer to the notebook's title."""
        rows = int(self.loaded["rows"].sum())
        refused = int(self.quarantine["rows"].sum()) if len(self.quarantine) else 0
        held = sentences.counted(refused, "row is", "rows are")
        return Sentence(f"The rebuilt schema stands with {rows:,} rows; {held} in quarantine.")


def rebuild_and_load(run: Run) -> Rebuilt:
    """Make the rebuilt schema, load every staged row, and return what there is to see.

    Writes: schemas public, private and audit of the target, all or nothing.
    Raises: Refused when the stage is not proved or anything of the schema exists.
    """
    return Rebuilt(run, stages.rebuild_and_load(run))


def schema_files() -> pd.DataFrame:
    """Return the files that make the rebuilt schema, in order, with the first line of each.

    Columns: file, concern.
    """
    lines = [(path.name, path.read_text(encoding="utf-8")) for path in rebuilt.schema_files()]
    return pd.DataFrame(
        [(name, text.partition("\n")[0].removeprefix("-- ")) for name, text in lines],
        columns=["file", "concern"],
    )


def projection_query_text(source: str) -> str:
    """Return the text of the query that maps one source table."""
    (found,) = [item for item in load.projections() if item.source == source]
    return found.select.as_string().strip()
