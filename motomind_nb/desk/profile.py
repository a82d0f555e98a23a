"""What notebook 01 shows: the backup, the proved stage, the profile."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from motomind_nb import charts, profile, stages
from motomind_nb.charts import Chart
from motomind_nb.desk import sentences
from motomind_nb.desk.shown import Sentence, attach_sentence, without_notes
from motomind_nb.runs import Run
from motomind_nb.stages import read_stage_findings


def back_up(run: Run) -> pd.DataFrame:
    """Take the source's backup and return what it holds, as ``stages.back_up``.

    Writes: the run's folder backup. Reads the source only.
    """
    held = stages.back_up(run)
    return attach_sentence(held, sentences.backup_size_sentence(held))


def stage_backup(run: Run) -> pd.DataFrame:
    """Restore the backup into schema legacy, prove it, and return failures and warnings.

    Writes: schemas legacy and audit of the target, all or nothing.
    Columns: check, subject, expected, found, status, detail (text).
    """
    found = stages.stage_backup(run)
    shown = without_notes(found).drop(columns=["stage", "accepted"])
    return attach_sentence(shown, sentences.finding_counts_sentence(found, "the staged copy"))


@dataclass(frozen=True)
class Profiled:
    """The profile of the staged copy; each table says what it means."""

    run: Run
    taken: profile.Profile

    @property
    def objects(self) -> pd.DataFrame:
        """The 35 objects."""
        return attach_sentence(
            self.taken.objects, sentences.objects_with_rows_sentence(self.taken.objects)
        )

    @property
    def columns(self) -> pd.DataFrame:
        """The columns that hold anything."""
        every = self.taken.columns
        filled = every[every["rows"].fillna(0) > 0].drop(columns=["position", "rows", "fate"])
        return attach_sentence(filled, f"{len(filled)} of {len(every)} columns hold something.")

    @property
    def years(self) -> pd.DataFrame:
        """The years of the events against the partitions of the original plan."""
        return attach_sentence(
            self.taken.years, sentences.unplanned_years_sentence(self.taken.years)
        )

    def spread_chart(self) -> Chart:
        """Return how dates, miles and amounts are spread. Writes: the chart, for the page."""
        title = charts.spread_title(self.taken.years, self.taken.distributions)
        chart = charts.spread(self.taken.years, self.taken.distributions, title)
        chart.save(self.run.folder, 3)
        return chart

    @property
    def keys(self) -> pd.DataFrame:
        """Declared keys and natural ones."""
        return attach_sentence(self.taken.keys, sentences.broken_keys_sentence(self.taken.keys))

    @property
    def references(self) -> pd.DataFrame:
        """Declared and evident references."""
        return attach_sentence(
            self.taken.references, sentences.orphans_sentence(self.taken.references)
        )

    @property
    def rules(self) -> pd.DataFrame:
        """The rules of the rebuilt schema, with the old rows that break them."""
        return attach_sentence(
            self.taken.constraints, sentences.broken_rules_sentence(self.taken.constraints)
        )

    @property
    def empty(self) -> pd.DataFrame:
        """Objects without rows."""
        return attach_sentence(self.taken.empty, sentences.empty_tables_sentence(self.taken.empty))

    @property
    def exposure(self) -> pd.DataFrame:
        """Objects that are open to more people than they should be."""
        open_ones = self.taken.exposure[self.taken.exposure["problem"] != ""]
        return attach_sentence(open_ones, sentences.source_exposure_sentence(self.taken.exposure))

    @property
    def fabricated(self) -> pd.DataFrame:
        """Columns with values that a script made up."""
        made = self.taken.fabricated
        good = "No value looks made up."
        return attach_sentence(
            made,
            sentences.fault_rows_sentence(
                made, "column with made-up values", good, "columns with made-up values"
            ),
        )

    @property
    def documents(self) -> pd.DataFrame:
        """What the original documents say, beside the catalog."""
        differ = int((~self.taken.documents["agree"].astype(bool)).sum())
        return attach_sentence(
            self.taken.documents, f"{differ} of {len(self.taken.documents)} disagree."
        )

    @property
    def findings(self) -> pd.DataFrame:
        """What stage and profile found."""
        return read_stage_findings(self.run, "stage", "profile")

    @property
    def answer(self) -> Sentence:
        """The answer to the notebook's title."""
        known = self.taken.objects["rows"].notna()
        tables = self.taken.objects[(self.taken.objects["kind"] == "table") & known]
        rows = int(tables["rows"].sum())
        warned = sentences.counted(int((self.findings["status"] == "warn").sum()), "warning")
        return Sentence(
            f"The legacy database holds {rows:,} rows in {len(tables)} tables; they are backed up,"
            f" and the staged copy is proved equal ({warned})."
        )


def take_profile(run: Run, rules: profile.Rules) -> Profiled:
    """Take the profile of the staged copy, and return what there is to see.

    Writes: its findings.
    """
    return Profiled(run, stages.take_profile(run, rules))
