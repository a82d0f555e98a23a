"""What notebook 01 shows: the backup, the proved stage, the profile."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from motomind_nb import charts, profile, stages
from motomind_nb.charts import Chart
from motomind_nb.desk import sentences
from motomind_nb.desk.shown import Sentence, says, without_notes
from motomind_nb.runs import Run
from motomind_nb.stages import findings_of


def back_up(run: Run) -> pd.DataFrame:
    """Take the source's backup and return what it holds, as ``stages.back_up``.

    Writes: the run's folder backup. Reads the source only.
    """
    held = stages.back_up(run)
    return says(held, sentences.of_backup(held))


def stage_backup(run: Run) -> pd.DataFrame:
    """Restore the backup into schema legacy, prove it, and return failures and warnings.

    Writes: schemas legacy and audit of the target, all or nothing.
    Columns: check, subject, expected, actual, status, detail (text).
    """
    found = stages.stage_backup(run)
    shown = without_notes(found).drop(columns=["stage", "accepted"])
    return says(shown, sentences.of_findings(found, "the staged copy"))


@dataclass(frozen=True)
class Profiled:
    """The profile of the staged copy; each table says what it means."""

    run: Run
    taken: profile.Profile

    @property
    def objects(self) -> pd.DataFrame:
        """The 35 objects."""
        return says(self.taken.objects, sentences.of_objects(self.taken.objects))

    @property
    def columns(self) -> pd.DataFrame:
        """The columns that hold anything."""
        every = self.taken.columns
        filled = every[every["rows"].fillna(0) > 0].drop(columns=["position", "rows", "fate"])
        return says(filled, f"{len(filled)} of {len(every)} columns hold something.")

    @property
    def years(self) -> pd.DataFrame:
        """The years of the events against the partitions of the original plan."""
        return says(self.taken.years, sentences.of_years(self.taken.years))

    def spread_chart(self) -> Chart:
        """Return how dates, miles and amounts are spread. Writes: the chart, for the page."""
        title = charts.spread_title(self.taken.years, self.taken.distributions)
        chart = charts.spread(self.taken.years, self.taken.distributions, title)
        chart.save(self.run.folder, 3)
        return chart

    @property
    def keys(self) -> pd.DataFrame:
        """Declared keys and natural ones."""
        return says(self.taken.keys, sentences.of_keys(self.taken.keys))

    @property
    def references(self) -> pd.DataFrame:
        """Declared and evident references."""
        return says(self.taken.references, sentences.of_references(self.taken.references))

    @property
    def rules(self) -> pd.DataFrame:
        """The rules of the rebuilt schema, with the old rows that break them."""
        return says(self.taken.constraints, sentences.of_rules(self.taken.constraints))

    @property
    def empty(self) -> pd.DataFrame:
        """Objects without rows."""
        return says(self.taken.empty, sentences.of_empty(self.taken.empty))

    @property
    def exposure(self) -> pd.DataFrame:
        """Objects that are open to more people than they should be."""
        open_ones = self.taken.exposure[self.taken.exposure["problem"] != ""]
        return says(open_ones, sentences.of_exposure(self.taken.exposure))

    @property
    def fabricated(self) -> pd.DataFrame:
        """Columns with values that a script made up."""
        made = self.taken.fabricated
        good = "No value looks made up."
        return says(
            made,
            sentences.of_rows(
                made, "column with made-up values", good, "columns with made-up values"
            ),
        )

    @property
    def documents(self) -> pd.DataFrame:
        """What the original documents say, beside the catalog."""
        differ = int((~self.taken.documents["agree"].astype(bool)).sum())
        return says(self.taken.documents, f"{differ} of {len(self.taken.documents)} disagree.")

    @property
    def findings(self) -> pd.DataFrame:
        """What stage and profile found."""
        return findings_of(self.run, "stage", "profile")

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
