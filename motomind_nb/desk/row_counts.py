"""What notebook 03 shows: the ledger and the witnesses beside it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from motomind_nb import charts, reconcile, stages
from motomind_nb.charts import Chart
from motomind_nb.desk import sentences
from motomind_nb.desk.shown import Sentence, says, without_notes
from motomind_nb.runs import Run


@dataclass(frozen=True)
class RowCounts:
    """Source and target side by side; tables that are not given are read when asked for.

    Columns:
        ledger: as ``reconcile.ledger``.
        targets: as ``reconcile.targets``.
        findings: stage, check, subject, expected, actual, status, detail, accepted (text).
    """

    run: Run
    ledger: pd.DataFrame
    targets: pd.DataFrame
    findings: pd.DataFrame

    def chart(self) -> Chart:
        """Return the ledger as a picture. Writes: the chart, for the report."""
        chart = charts.ledger_bars(self.ledger, charts.ledger_title(self.ledger))
        chart.save(self.run.folder, 2)
        return chart

    @cached_property
    def totals(self) -> pd.DataFrame:
        """Money, gallons and miles by source, as ``reconcile.compare_totals``."""
        with stages.read_only_connection(self.run) as connection:
            found = reconcile.compare_totals(connection)
        return says(found, sentences.of_comparison(found, "totals"))

    def differences(self, sample: int) -> pd.DataFrame:
        """Return ``sample`` rows of each difference at most, as ``reconcile.differences``."""
        with stages.read_only_connection(self.run) as connection:
            found = reconcile.differences(connection, sample)
        good = "Every column of every row is the same on both sides."
        return says(found, sentences.of_rows(found, "sample of a difference", good))

    @cached_property
    def views(self) -> pd.DataFrame:
        """Old views beside the queries that replace them, as ``reconcile.compare_views``."""
        with stages.read_only_connection(self.run) as connection:
            found = reconcile.compare_views(connection)
        return says(found, sentences.of_comparison(found, "comparisons"))

    @cached_property
    def definitions(self) -> pd.DataFrame:
        """Definitions by kind and fate, as ``reconcile.definition_counts``."""
        with stages.read_only_connection(self.run) as connection:
            counts = reconcile.definition_counts(connection, stages.manifest_of(self.run))
        return says(counts, sentences.of_definitions(counts))

    @cached_property
    def quarantine(self) -> pd.DataFrame:
        """Refused rows by rule. Columns: source_table, rule, rows, reason."""
        with stages.read_only_connection(self.run) as connection:
            held = reconcile.quarantine_by_rule(connection)
        return says(held, sentences.of_quarantine(held))

    @property
    def not_ok(self) -> pd.DataFrame:
        """Every failure and warning, the gravest first."""
        found = without_notes(self.findings).drop(columns="stage")
        return says(found, sentences.of_findings(self.findings, "the comparison of rows"))

    @property
    def answer(self) -> Sentence:
        """The answer to the notebook's title."""
        return Sentence(f"{charts.ledger_title(self.ledger)}.")


def compare_rows(run: Run) -> RowCounts:
    """Compare every row, column and definition, and return what there is to see.

    Writes: ledger.csv, differences.csv, lineage.csv, quarantine.csv, found_rows.csv, the findings.
    """
    rows = stages.compare_rows(run)
    ledger = says(rows.ledger, sentences.of_ledger(rows.ledger))
    return RowCounts(
        run, ledger, says(rows.targets, sentences.of_targets(rows.targets)), rows.findings
    )
