"""What notebook 03 shows: the ledger and the witnesses beside it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from motomind_nb import charts, reconcile, stages
from motomind_nb.charts import Chart
from motomind_nb.desk import sentences
from motomind_nb.desk.shown import Sentence, attach_sentence, without_notes
from motomind_nb.runs import Run

SHOWN = ["subject", "before", "after", "status", "detail"]


@dataclass(frozen=True)
class RowCounts:
    """Source and target side by side, shown from what the stage has computed and stored.

    Columns:
        ledger: as ``reconcile.ledger``.
        targets: as ``reconcile.targets``.
        findings: stage, check, subject, expected, found, status, detail, accepted (text).
    """

    run: Run
    ledger: pd.DataFrame
    targets: pd.DataFrame
    findings: pd.DataFrame
    compared: reconcile.RowComparison

    def chart(self) -> Chart:
        """Return the ledger as a picture. Writes: the chart, for the report."""
        chart = charts.ledger_bars(self.ledger, charts.ledger_title(self.ledger))
        chart.save(self.run.folder, 2)
        return chart

    @cached_property
    def totals(self) -> pd.DataFrame:
        """Money, gallons and miles by source, each side summed by a query of its own.

        Columns: subject (source, column and currency), before, after (sum and number of values),
        status, detail (all text).
        """
        found = self._side_by_side("totals")
        return attach_sentence(found, sentences.agreement_sentence(found, "totals"))

    @property
    def second_mapping(self) -> pd.DataFrame:
        """What the second mapping says of each source.

        Columns: source (text), values (int64, columns and payload keys compared), equal (int64).
        """
        found = self.findings[self.findings["check"] == "second mapping"]
        source = found["subject"].str.extract(r"^(\w+)", expand=False)
        told = pd.DataFrame({"source": source, "values": 1, "equal": found["status"].eq("ok")})
        by_source = told.groupby("source", as_index=False, sort=False).sum()
        said = sentences.agreement_sentence(found, "columns and row counts")
        return attach_sentence(by_source.astype({"values": "int64", "equal": "int64"}), said)

    def differences(self, sample: int) -> pd.DataFrame:
        """Return ``sample`` rows of each difference at most, as ``reconcile.differences``."""
        found = self.compared.differences
        if sample > reconcile.SAMPLE and len(found):
            with stages.read_only_connection(self.run) as connection:
                found = reconcile.differences(connection, sample, self.compared.differing)
        found = found[found["place"] <= sample].reset_index(drop=True)
        good = "Every column of every row is the same on both sides."
        return attach_sentence(
            found, sentences.fault_rows_sentence(found, "sample of a difference", good)
        )

    @cached_property
    def views(self) -> pd.DataFrame:
        """Old views beside the queries that replace them.

        Columns: subject, before, after, status, detail (all text).
        """
        found = self._side_by_side("views")
        return attach_sentence(found, sentences.agreement_sentence(found, "comparisons"))

    @cached_property
    def definitions(self) -> pd.DataFrame:
        """Definitions by kind and fate, as ``reconcile.definition_counts``."""
        with stages.read_only_connection(self.run) as connection:
            counts = reconcile.definition_counts(connection, stages.read_run_manifest(self.run))
        return attach_sentence(counts, sentences.definition_fates_sentence(counts))

    @cached_property
    def quarantine(self) -> pd.DataFrame:
        """Refused rows by rule. Columns: source_table, rule, rows, reason."""
        with stages.read_only_connection(self.run) as connection:
            held = reconcile.quarantine_by_rule(connection)
        return attach_sentence(held, sentences.quarantined_rows_sentence(held))

    def _side_by_side(self, check: str) -> pd.DataFrame:
        """Return the findings of one check as a table of before and after."""
        found = self.findings[self.findings["check"] == check].reset_index(drop=True)
        return found.rename(columns={"expected": "before", "found": "after"})[SHOWN]

    @property
    def not_ok(self) -> pd.DataFrame:
        """Every failure and warning, the gravest first."""
        found = without_notes(self.findings).drop(columns="stage")
        return attach_sentence(
            found, sentences.finding_counts_sentence(self.findings, "the comparison of rows")
        )

    @property
    def answer(self) -> Sentence:
        """The answer to the notebook's title."""
        return Sentence(f"{charts.ledger_title(self.ledger)}.")


def compare_rows(run: Run) -> RowCounts:
    """Compare every row, column and definition, and return what there is to see.

    Writes: ledger.csv, differences.csv, lineage.csv, quarantine.csv, found_rows.csv, the findings.
    """
    rows = stages.compare_rows(run)
    compared = rows.compared
    ledger = attach_sentence(compared.ledger, sentences.ledger_balance_sentence(compared.ledger))
    targets = attach_sentence(compared.targets, sentences.target_rows_sentence(compared.targets))
    return RowCounts(run, ledger, targets, rows.findings, compared)
