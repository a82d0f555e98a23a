"""What notebook 06 shows: the verdict, the findings, the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from motomind_nb import stages
from motomind_nb.core import status_counts_in_words
from motomind_nb.desk import sentences
from motomind_nb.desk.shown import Sentence, attach_sentence
from motomind_nb.runs import Run
from motomind_nb.stages import read_stage_findings


@dataclass(frozen=True)
class Conclusion:
    """How a run ended: the facts of verdict.json and every finding.

    Columns:
        findings: stage, check, subject, expected, found, status, detail, accepted (text).
    """

    facts: dict[str, Any]
    findings: pd.DataFrame

    @property
    def verdict(self) -> str:
        """The verdict's word."""
        return str(self.facts["verdict"])

    @property
    def table(self) -> pd.DataFrame:
        """The verdict's numbers. Columns: what, number."""
        lines = [("objects", self.facts["objects"])]
        for group in ("rows", "checks", "mileage"):
            lines += [(f"{group}: {name}", number) for name, number in self.facts[group].items()]
        return pd.DataFrame(lines, columns=["what", "number"])

    def with_status(self, status: str) -> pd.DataFrame:
        """Return the findings of one status."""
        found = self.findings[self.findings["status"] == status].drop(columns="status")
        return attach_sentence(found, sentences.fault_rows_sentence(found, "finding", "None."))

    @property
    def by_stage(self) -> pd.DataFrame:
        """Findings by stage and status. Columns: stage, status, findings."""
        counts = self.findings.groupby(["stage", "status"], as_index=False, sort=False).size()
        shown = counts.rename(columns={"size": "findings"})
        return attach_sentence(shown, sentences.finding_counts_sentence(self.findings, "the run"))

    @property
    def answer(self) -> Sentence:
        """The answer to the notebook's title."""
        checks = self.facts["checks"]
        said = f"{status_counts_in_words(checks)}, {checks['fail']:,} failed"
        return Sentence(f"Verdict: {self.verdict} ({said}).")


def conclude_with_verdict(run: Run) -> Conclusion:
    """Gather all findings, compute the verdict, and return what there is to see.

    Writes: findings.csv and verdict.json.
    """
    facts = stages.conclude_with_verdict(run)
    return Conclusion(facts, read_stage_findings(run))
