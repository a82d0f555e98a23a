"""What notebook 05 shows: the proofs, the rights, the estimates."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from motomind_nb import rebuilt, stages
from motomind_nb.desk import sentences
from motomind_nb.desk.shown import Sentence, attach_sentence, without_notes
from motomind_nb.runs import Run


@dataclass(frozen=True)
class Architecture:
    """Both designs on trial.

    Columns:
        proofs: as ``rebuilt.run_proofs``.
        rights: as ``rebuilt.compare_rights``.
        findings: stage, check, subject, expected, found, status, detail, accepted (text).
    """

    run: Run
    proofs: pd.DataFrame
    rights: pd.DataFrame
    findings: pd.DataFrame

    def proofs_of(self, design: str) -> pd.DataFrame:
        """Return the proofs of the original or the rebuilt design.

        The original design is there to show its flaws: whether it does is a column of its own.
        """
        chosen = self.proofs[self.proofs.design == design].drop(columns="design")
        if design == "original":
            flaws = chosen.assign(flaw_shown=chosen["status"] == "ok").drop(columns="status")
            return attach_sentence(
                flaws,
                sentences.expected_proofs_sentence(chosen, "show the flaw of the original design"),
            )
        return attach_sentence(
            chosen, sentences.expected_proofs_sentence(chosen, "hold in the rebuilt schema")
        )

    @property
    def wrong_rights(self) -> pd.DataFrame:
        """Where the live database differs from the expected rights, either way."""
        wrong = self.rights[self.rights["status"] != "ok"]
        good = "Every role may do what it should, and nothing else."
        return attach_sentence(
            wrong, sentences.fault_rows_sentence(wrong, "right differs", good, "rights differ")
        )

    @property
    def given_back(self) -> pd.DataFrame:
        """What the rebuilt tables give back of the old ones, and what lives on in the archive."""
        found = self.findings[self.findings["check"] == "round trip"]
        shown = found[["subject", "expected", "found", "status", "detail"]]
        return attach_sentence(shown, sentences.agreement_sentence(found, "old tables"))

    @property
    def not_ok(self) -> pd.DataFrame:
        """Every failure and warning about the schema."""
        found = without_notes(self.findings).drop(columns="stage")
        return attach_sentence(
            found, sentences.finding_counts_sentence(self.findings, "the architecture")
        )

    @property
    def answer(self) -> Sentence:
        """The answer to the notebook's title."""
        rebuilt_ones = self.proofs[self.proofs["design"] == "rebuilt"]
        held = int((rebuilt_ones["status"] == "ok").sum())
        return Sentence(f"The rebuilt schema holds {held} of {len(rebuilt_ones)} promises.")

    @property
    def matrix(self) -> pd.DataFrame:
        """The granted commands, one row an object, one column a role."""
        return rebuilt.rights_by_role(self.rights).reset_index()

    @cached_property
    def estimates(self) -> pd.DataFrame:
        """The manufacturer's mpg where no fuel event says better, as ``rebuilt.mpg_estimates``."""
        with stages.read_only_connection(self.run) as connection:
            return rebuilt.mpg_estimates(connection)


def run_architecture_proofs(run: Run) -> Architecture:
    """Run the proofs of the architecture in the live target, where nothing that is tried stays."""
    proved = stages.run_architecture_proofs(run)
    return Architecture(run, proved.proofs, proved.rights, proved.findings)
